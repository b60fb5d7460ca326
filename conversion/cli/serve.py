"""`conversion serve`: the page on which anybody verifies a paper."""

from typing import Annotated

import typer

from conversion.bootstrap import Settings
from conversion.cli.opening import open_office
from conversion.cli.output import JsonOption, show
from conversion.services.keys import KeyFolder


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="在哪个地址上等候；默认只在本机")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="端口", help="在哪个端口上等候")
    ] = 8080,
    allowance: Annotated[
        str, typer.Option("--allow", metavar="次数", help="一个来源在多长时间内可以问几次")
    ] = "30/minute",
    *,
    as_json: JsonOption = False,
) -> None:
    """Serves until it is stopped (Ctrl-C, SIGTERM)."""
    # The server and what takes signatures apart are slow to import: only who serves pays it.
    import uvicorn  # noqa: PLC0415

    from conversion.web.verification_page import verification_site  # noqa: PLC0415

    with open_office() as office:
        site = verification_site(office, KeyFolder(path=Settings.read().keys_folder), allowance)
        where = {"host": host, "port": port}
        show(where, f"公开核验网页：http://{host}:{port}/，按 Ctrl-C 停止。", as_json=as_json)
        uvicorn.run(site, host=host, port=port, server_header=False)
