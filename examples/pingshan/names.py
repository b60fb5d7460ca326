"""Names for invented people: surnames common in northern Guizhou, and given names."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = (
    "张王李刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文犹令狐娄敖冉骆母简"
)
MALE = _words(
    "国强 建华 志明 光荣 德福 永贵 正刚 大勇 开明 世平 文武 远兵 小军 家祥 启江 泽洪 登科 天佑 "
    "仕林 应伦 绍文 兴旺 朝阳 昌明 光明 元发 定邦 继先 明礼 克勤 显贵 学军 忠义 廷芳 祖德 治国 "
    "安全 友才 荣华 松柏"
)
FEMALE = _words(
    "秀英 桂芳 玉兰 丽华 小红 春梅 淑珍 凤仙 金莲 素芬 明珍 光会 开芬 德珍 永芬 正英 大会 远琴 "
    "启秀 泽群 登芬 天碧 仕珍 应芬 绍琴 兴会 朝芬 昌琴 元珍 定群 继芬 明慧 克英 显芬 学琴 忠会 "
    "廷秀 祖芬 治英 友琴"
)
YOUNG_MALE = _words(
    "浩然 子轩 宇航 俊杰 鹏飞 思远 嘉豪 梓涵 博文 一鸣 天宇 晨阳 志豪 小龙 欣然 明哲 家乐 锦程"
)
YOUNG_FEMALE = _words(
    "雨欣 思琪 梦婷 佳怡 欣怡 诗涵 雅婷 晓燕 紫萱 静怡 若兰 婷婷 小雪 美玲 梓萱 语嫣 乐瑶 芷若"
)
RARE = "𣒍𮧵㛃䶮翀堃彧翾犇赟喆燚骉瑢璟垚"
"""Characters that a common font lacks or a common input method doesn't offer."""

GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")
PLACES = _words(
    "大土 秧田湾 屋基坪 水井坎 枫香树 黄泥坡 石板田 沙坝 老屋基 青杠林 长田 冷水沟 晒谷坪 庙脚 "
    "岩脚 桐子坪 猫儿石 干河坝"
)
BOUNDS = _words("小路 水沟 田坎 山脚 公路 河边 林地 土坎 李姓地 王姓地 集体林 机耕道")
