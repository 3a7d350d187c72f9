# Meetings.

meeting-agenda = Agenda
meeting-no-agenda = Nothing stands on the agenda yet.
meeting-attendance = Who attends
meeting-in-the-chair = In the chair
meeting-stood-for = stood in for
meeting-not-entered = In no capacity
meeting-minutes = Minutes
meeting-read-minutes = Read the minutes in full
meeting-minutes-there = Written
meeting-versions = Versions of the agenda
meeting-about = Matters about this meeting
meeting-about-note = { $kind } { $number }
meeting-lacks = { $step } ({ $who })
meeting-not-in-session = The meeting has not opened, or is done with.
room-items = Items of the agenda
room-place = Item { $number } of { $count }
room-topic = The topic
room-next = Next:
room-meeting = The meeting
room-all-done = Every item has been dealt with.
room-all-done-readable = Every item that you may read has been dealt with.
room-whole-form = What this step judges, or what it brings about, has to be read first: the form is on a page of its own.
minutes-item = { $number }. { $title }
minutes-position = { $who } ({ $outcome }): { $text }
minutes-drafted = Begun from the record
minutes-drafted-text = Who attended, what became of each item and who was of another view stand below as they were recorded. Go on from there.
