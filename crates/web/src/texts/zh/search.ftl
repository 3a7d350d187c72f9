# 搜索。

search-title = 搜索
search-articles = 相关条文
search-found = “{ $query }”：{ $count }件事项
search-nothing-asked = 请输入要搜索的内容
search-nothing = 您可查阅的范围内没有“{ $query }”
search-how = 各词均须出现；输入编号可直接找到事项；引号内的文字须原样出现。
