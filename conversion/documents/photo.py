"""The codes on a photo or a scan of a paper."""

from io import BytesIO
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from conversion.documents.page_code import PREFIX
from conversion.errors import WrongUse

LARGEST: Final = 100_000_000
"""Pixels: an A4 page at 900 dpi, or any phone's photo."""

_QR: Final = zxingcpp.barcode_formats_from_str("QRCode")


def codes_on(picture: bytes) -> list[str]:
    """The text of each code on a picture, in no fixed order.

    Raises:
        WrongUse: it is no picture, too large a one, or one without a code of ours.
    """
    try:
        image = Image.open(BytesIO(picture), formats=("JPEG", "PNG", "TIFF", "WEBP"))
        if image.width * image.height > LARGEST:
            raise _unusable("图片太大", "缩小后再试")
        grey = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise _unusable("不是 PDF，也不是照片或扫描图片", "用 JPEG、PNG 图片或者 PDF") from None
    texts = [code.text for code in zxingcpp.read_barcodes(grey, formats=_QR)]
    found = [text for text in texts if text.startswith(PREFIX)]
    if not found:
        raise _unusable("图片上没有认出核验码", "对准页脚右侧的方码，靠近些重拍")
    return found


def _unusable(found: str, remedy: str) -> WrongUse:
    return WrongUse("读取图片上的核验码", found, remedy)
