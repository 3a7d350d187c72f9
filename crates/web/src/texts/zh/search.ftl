# 搜索。

search-title = 搜索
search-articles = 相关条文
search-found = “{ $query }”：{ $count }件事项
search-found-more = “{ $query }”：超过{ $count }件事项
search-found-narrowed-more = 超过{ $count }件
search-nothing-asked = 请输入要搜索的内容
search-nothing = 您可查阅的范围内没有“{ $query }”
search-how = 各词均须出现；输入编号可直接找到事项；引号内的文字须原样出现。
search-narrow = 按类别、人员、日期
search-person = 办理人或者指定的查阅人
search-anybody = 不限
search-from = 立项日期起
search-until = 立项日期止
search-found-narrowed = 共{ $count }件
search-nothing-narrowed = 您可查阅的范围内没有符合全部条件的事项
search-how-narrowed = 请减少一项条件。
search-no-day = 日期格式如 2026-11-30，此项条件未计入。
