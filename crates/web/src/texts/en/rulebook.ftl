# The rulebook: chapters, an article beside its code, a step explained.

rulebook-title = Rulebook
rulebook-lead = Every article as the office has it, beside the form in which it is carried out.
rulebook-edition = Edition
rulebook-in-force = In force
rulebook-since = since { $day }
rulebook-no-day = no day is stated
rulebook-calendar-refused = A changed calendar was refused
rulebook-calendar-refused-text = Since { $at } the working-day calendar on the server’s disk is another than the one in force, and it cannot be put in force. Every day is counted by the one before.
rulebook-refused = A changed rulebook was refused
rulebook-refused-text = Since { $at } the rulebook on the server’s disk is another than the one in force, and it cannot be put in force. The office goes on under the edition below. { $count ->
    [one] The problem:
   *[other] The first of { $count } problems:
}
rulebook-articles = Articles
rulebook-count-of-class = { $class }: { $count }
rulebook-digest = Digest of all its files (SHA-256)
rulebook-chapter = Chapter { $number }. { $title }
rulebook-article = Article
rulebook-article-title = { $article } – { $title }
rulebook-about = About
rulebook-class = How it is carried
rulebook-rules = Rules
rulebook-rule = Rule
rulebook-sentence = What it says
rulebook-steps-here = Steps:
rulebook-parameters = Parameters
rulebook-parameter = Parameter
rulebook-value = Value
rulebook-kinds = Kinds of matters and their steps
rulebook-kinds-lead = Each step leads to who may take it, what forbids it and when it is due.

rulebook-enforced = enforced
rulebook-tracked = tracked
rulebook-stated = stated
rulebook-reconstructed = reconstructed
rulebook-reading = Reading
rulebook-remark = Remark

rulebook-law-and-code = Law and code
rulebook-both-languages = Show both languages
rulebook-one-language = Show one language
rulebook-block-table = Table
rulebook-block-policy = Policy
rulebook-block-invariant = Invariant, proved of every case
rulebook-block-exclusive = Policy; of its conditions exactly one holds, proved of every case
rulebook-block-fills = What is filled in by itself: { $field }
rulebook-neighbours = Neighbouring articles

rulebook-governed = Open matters it governs now
rulebook-governed-more = The { $count } steps that are due first are shown; there are more.
rulebook-governs-nothing = No open matter
rulebook-governs-nothing-why = No step that waits in a matter that you may read rests on this article today.
rulebook-matter = Matter
rulebook-step = Step that waits
rulebook-whose = Whose turn
rulebook-due = Due

rulebook-step-lead = Who may take this step, what forbids it and when it is due, each with its article.
rulebook-who = Who
rulebook-nobody = The rulebook gives this step to nobody.
rulebook-gates = Gates
rulebook-no-gates = No gate forbids this step.
rulebook-deadline = Deadline
rulebook-no-deadline = The rulebook sets no deadline.
rulebook-other-keys = What else the rulebook says of it
rulebook-other-steps = Other steps of this kind
rulebook-compiled = compiled from a table of the rulebook
law-told = In words:
rulebook-official = Official text
rulebook-law = Surrounding law
law-from = in force from { $day }
law-until = in force until { $day }
law-medium = from a secondary source
law-low = uncertain
book-edition = Edition { $edition } ({ $digest }), in force from { $from }
book-contents = Contents
book-parameters = Values
book-article = Article { $number }
rulebook-block-lines = { $count ->
    [one] one line
   *[other] { $count } lines
}
rulebook-inside = In this article
rulebook-cases = Cases
rulebook-cases-lead = What is played through whenever the rulebook is tested: what must be granted and what must be refused.
rulebook-case-after = Begins at the end of:
rulebook-case-act = { $day }, { $who }: { $step } ({ $kind })
rulebook-case-outcome = { $step } – { $outcome }
rulebook-case-granted = granted
rulebook-case-refused = refused
rulebook-case-refused-under = refused, { $articles }
rulebook-open-code = Show all code
rulebook-fold-code = Fold the code
