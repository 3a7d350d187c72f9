# 公开网站。

public-title = 政府信息公开
public-lead = 本级政府公开的全部信息，按时间倒序排列。网址一经公布，永久有效。
public-all = 全部公开信息
public-feed = 订阅
public-search = 检索公开信息
public-found = { $count ->
    [0] 未检索到“{ $query }”。
   *[other] 检索“{ $query }”，共{ $count }条。
}
public-none = 尚无公开信息
public-none-next = 信息一经公开，即在此列出。
public-not-found = 没有公开信息含有“{ $query }”
public-not-found-next = 请减少或更换检索词；以空格分开的各词须同时出现。
public-facts = 公开信息说明
public-published = 公开日期
public-address = 永久网址
public-missing = 此网址没有公开信息
public-missing-next = 网址一经公布永不变更，请核对是否有误，或浏览全部公开信息。
public-heading = 标题
public-kind = 种类
public-entry = { $title }——{ $sort }，{ $day }
public-next = 后续安排
public-follows = 截至{ $last }；其后办理“{ $step }”。
public-follows-any-day = “{ $step }”：期限已缩短，随时可能办理。
public-followed = “{ $step }”：已于{ $day }办理。
public-follows-no-more = 不再办理“{ $step }”：该事项已于{ $day }终止或者办结。
public-later = 已于{ $day }重新公布，以后公布的内容为准。
public-later-title = 内容已有更新
public-number = 编号
