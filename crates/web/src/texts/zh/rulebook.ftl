# 规则：章节、条文与规则代码对照、环节说明。

rulebook-title = 规则
rulebook-lead = 逐条列出条文，并附其执行形式。
rulebook-edition = 版本
rulebook-in-force = 施行
rulebook-since = 自{ $day }起
rulebook-no-day = 未载明日期
rulebook-calendar-refused = 修改后的工作日历未被采用
rulebook-calendar-refused-text = 自{ $at }起，服务器上的工作日历与现行日历不同，且不能生效；期限仍按原日历计算。
rulebook-refused = 修改后的规则未被采用
rulebook-refused-text = 自{ $at }起，服务器上的规则文本与现行版本不同，且不能生效；各项事务仍按下列现行版本办理。共有 { $count } 处问题，第一处为：
rulebook-articles = 条文
rulebook-count-of-class = { $class }{ $count }条
rulebook-digest = 全部文件摘要（SHA-256）
rulebook-chapter = 第{ $number }章　{ $title }
rulebook-article = 条
rulebook-article-title = { $article }　{ $title }
rulebook-about = 内容
rulebook-class = 落实方式
rulebook-rules = 规则
rulebook-rule = 规则
rulebook-sentence = 内容
rulebook-rules-here = 规则：
rulebook-parameters = 参数
rulebook-parameter = 参数
rulebook-value = 数值
rulebook-kinds = 事项种类及其环节
rulebook-kinds-lead = 每个环节均可查看由谁办理、何时不得办理、何时到期。

rulebook-enforced = 强制执行
rulebook-tracked = 跟踪
rulebook-stated = 宣示
rulebook-reconstructed = 补构
rulebook-reading = 解读
rulebook-remark = 说明

rulebook-law-and-code = 条文与代码
rulebook-both-languages = 双语对照
rulebook-one-language = 只看一种语言
rulebook-block = 执行方式：{ $name }
rulebook-block-table = 规则表
rulebook-block-policy = 策略
rulebook-block-invariant = 恒定要求（已对所有情形证明）
rulebook-block-exclusive = 策略：各项条件必居其一且仅居其一（已对所有情形证明）
rulebook-block-fills = 由系统自行填写：{ $field }
rulebook-neighbours = 相邻条文

rulebook-governed = 目前适用本条的在办事项
rulebook-governed-more = 另有{ $count }项未列出。
rulebook-governed-oldest = 仅查看了最早开立的{ $count }个在办事项。
rulebook-governs-nothing = 无在办事项
rulebook-governs-nothing-why = 在您有权查看的事项中，今日没有待办环节以本条为依据。
rulebook-matter = 事项
rulebook-step = 待办环节
rulebook-whose = 由谁办理
rulebook-due = 到期

rulebook-step-lead = 本环节由谁办理、何时不得办理、何时到期，各附条文。
rulebook-who = 由谁办理
rulebook-nobody = 规则未将本环节交给任何人。
rulebook-gates = 限制
rulebook-no-gates = 本环节无限制。
rulebook-deadline = 期限
rulebook-no-deadline = 规则未设期限。
rulebook-other-keys = 规则的其他规定
rulebook-other-steps = 本类事项的其他环节
rulebook-compiled = 由规则表编译
