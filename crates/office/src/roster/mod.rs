//! A list of people, posts and bodies, as another system writes it, held against the directory: what would
//! change by it, and entering that.
//!
//! A list gives no right: each change is a step of the rulebook, taken by whoever sends the list through the one
//! write door. Invariants: what is shown before is judged by the same engine, row by row, on the directory as the
//! rows before would leave it; a row of which anything is refused enters nothing; what the directory says already
//! is entered no second time.

mod columns;
mod plan;

pub use columns::{Column, Heading, Headless, What};

use crate::{
    Answer, Fault, Office, Submitted,
    fill::{self, Misfit, Misread},
};
use columns::{Entering, entering, headings};
use csv::StringRecord;
use facts::{CommandId, Directory, Entry, Event, KindId, MatterNumber, Organisation, PersonId, Relation, StepId};
use plan::{Against, Told};
use rules::{
    engine::{Command, Target, decide},
    refusal::Refused,
    scene::Circumstances,
};
use std::collections::BTreeMap;

/// What a formula of a spreadsheet begins with.
const FORMULAS: [char; 4] = ['=', '+', '-', '@'];
/// Rows of a list at most.
pub const ROWS_MAX: usize = 1000;

/// A list as it was read, held against the directory.
#[derive(Clone, Debug)]
pub struct Roster {
    /// Version of the directory it was held against.
    pub directory_version: u64,
    pub rows: Vec<Row>,
}

/// One row that says anything.
#[derive(Clone, Debug)]
pub struct Row {
    /// Of the text, from 1.
    pub line: u64,
    /// The first cells, as they stand there.
    pub said: String,
    /// In order; none where the directory says all of it already.
    pub changes: Vec<Change>,
    pub problem: Option<Problem>,
}

/// Why a row cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// What is typed is no value of a field of a step.
    Misfit { kind: KindId, misfit: Misfit },
    /// A cell stands under no heading.
    Stray { cell: String },
    /// It says of a post and names nobody.
    Nobody,
    /// The rulebook has no step that opens a matter and enters this.
    NoStep { what: What },
}

/// One thing that a row would change.
#[derive(Clone, Debug)]
pub struct Change {
    pub what: What,
    pub kind: KindId,
    pub step: StepId,
    /// What it says of the directory; nothing where it is refused.
    pub entries: Vec<Entry>,
    pub came: Came,
}

/// What became of a change.
#[derive(Clone, Debug)]
pub enum Came {
    /// It is lawful now and not yet entered.
    Lawful,
    Refused(Refused),
    /// It was entered; the matter's number.
    Entered(Option<MatterNumber>),
    /// Not entered, because of something else in its row.
    Left,
}

/// Why a text is no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    /// The line is written otherwise than lists are.
    Malformed {
        line: u64,
    },
    /// The person may take none of the steps by which lists are entered.
    NotYours,
    /// Why it is late is no text that can be kept.
    Late(Misread),
    Headless(Headless),
    TooMany {
        rows_max: usize,
    },
}

/// What became of a list that was to be entered.
#[derive(Clone, Debug)]
pub enum Sent {
    Unreadable(Unreadable),
    /// The directory changed since it was shown what the list would change; nothing was entered.
    Meanwhile(Roster),
    Entered(Roster),
}

impl Change {
    fn is_lawful(&self) -> bool {
        matches!(self.came, Came::Lawful)
    }
}

impl Roster {
    /// Every refusal of a change.
    pub fn refused(&self) -> impl Iterator<Item = &Refused> {
        self.rows.iter().flat_map(|row| &row.changes).filter_map(|change| match &change.came {
            Came::Refused(refused) => Some(refused),
            _ => None,
        })
    }

    /// How many changes came to one of these.
    pub fn count(&self, of: impl Fn(&Came) -> bool) -> usize {
        self.rows.iter().flat_map(|row| &row.changes).filter(|change| of(&change.came)).count()
    }
}

impl Office {
    /// The headings that a list may have.
    pub fn roster_headings(&self) -> Vec<Heading> {
        headings(&self.edition().rulebook)
    }

    /// Whether this person may take any step now by which a list is entered.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn may_enter_rosters(&self, person: &PersonId) -> Result<bool, Fault> {
        let edition = self.edition();
        let steps = entering(&edition.rulebook);
        let openings = self.openings(person).await?;
        let enters = |opening: &crate::Opening| {
            steps.iter().any(|entering| entering.kind.id == opening.kind && entering.step.id == opening.step)
        };
        Ok(openings.iter().any(enters))
    }

    /// What a list would change if this person sent it now. `late`: why something is entered late.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn hold_roster(
        &self,
        text: &str,
        person: &PersonId,
        late: Option<&str>,
    ) -> Result<Result<Roster, Unreadable>, Fault> {
        let list = match self.list_of(text, person, late).await? {
            Ok(list) => list,
            Err(unreadable) => return Ok(Err(unreadable)),
        };
        Ok(Ok(self.held(&list, person, late, CommandId::new(uuid::Uuid::nil())).await?.0))
    }

    /// Enters what a list changes, each change as a step of its own: one that is refused keeps no other row back.
    /// `seen`: the version of the directory that the person was shown the changes of.
    ///
    /// # Errors
    /// Only faults of the record; what was entered before stays, and sending the same list again enters the rest.
    pub async fn enter_roster(
        &self,
        text: &str,
        person: &PersonId,
        late: Option<&str>,
        seen: u64,
        import: CommandId,
    ) -> Result<Sent, Fault> {
        let list = match self.list_of(text, person, late).await? {
            Ok(list) => list,
            Err(unreadable) => return Ok(Sent::Unreadable(unreadable)),
        };
        let (mut roster, commands) = self.held(&list, person, late, import).await?;
        if roster.directory_version != seen {
            return Ok(Sent::Meanwhile(roster));
        }
        for (row, commands) in roster.rows.iter_mut().zip(commands) {
            if row.problem.is_some() || !row.changes.iter().all(Change::is_lawful) {
                continue;
            }
            let mut goes_on = true;
            for (change, command) in row.changes.iter_mut().zip(commands) {
                if !goes_on {
                    change.came = Came::Left;
                    continue;
                }
                match self.carry_out(Submitted { command, seen: None, beside: vec![] }).await? {
                    Answer::Done { events, .. } => change.came = Came::Entered(number(&events)),
                    Answer::Refused { refused, .. } => change.came = Came::Refused(refused),
                    Answer::Stale { .. } | Answer::Reused { .. } => change.came = Came::Left,
                }
                goes_on = matches!(change.came, Came::Entered(_));
            }
        }
        Ok(Sent::Entered(roster))
    }

    async fn list_of(
        &self,
        text: &str,
        person: &PersonId,
        late: Option<&str>,
    ) -> Result<Result<List, Unreadable>, Fault> {
        if !self.may_enter_rosters(person).await? {
            return Ok(Err(Unreadable::NotYours));
        }
        if let Some(Err(misread)) = late.map(fill::reason) {
            return Ok(Err(Unreadable::Late(misread)));
        }
        Ok(List::read(&self.edition().rulebook, text))
    }

    /// The list held against the directory, and the commands of each row's changes.
    async fn held(
        &self,
        list: &List,
        person: &PersonId,
        late: Option<&str>,
        import: CommandId,
    ) -> Result<(Roster, Vec<Vec<Command>>), Fault> {
        // Both of one version: who changes the directory in between is waited for.
        let (gathered, directory) = loop {
            let (gathered, directory) = (self.gather(&[]).await?, self.directory().await?);
            if gathered.directory_version == self.store().directory_version().await? {
                break (gathered, directory);
            }
        };
        let mut holding = Holding {
            gathered: &gathered,
            steps: entering(&gathered.edition.rulebook),
            organisation: (*gathered.organisation).clone(),
            directory: (*directory).clone(),
            person,
            late,
            import,
            commands: 0,
        };
        let (mut rows, mut commands) = (vec![], vec![]);
        for (line, record) in &list.rows {
            let told = Told { columns: &list.columns, record };
            let (row, of_row) = holding.row(*line, &told);
            rows.push(row);
            commands.push(of_row);
            // Others of this thread's tasks go on between the rows.
            tokio::task::yield_now().await;
        }
        Ok((Roster { directory_version: gathered.directory_version, rows }, commands))
    }

    /// The posts that people hold today or will, as a list that can be read again: each row in the order of the
    /// headings, under the field that leads each.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn roster(&self) -> Result<String, Fault> {
        let edition = self.edition();
        let directory = self.directory().await?;
        let today = self.today();
        let mut columns: Vec<Heading> = headings(&edition.rulebook);
        columns.dedup_by(|one, before| one.column == before.column);
        columns.retain(|heading| !matches!(heading.column, Column::Other(_) | Column::Class));
        let mut writer = csv::Writer::from_writer(vec![]);
        let mut write = |row: Vec<String>| writer.write_record(row).expect("rows are as long as their head");
        write(columns.iter().map(|heading| heading.field.to_string()).collect());
        let names: BTreeMap<&PersonId, &facts::Label> =
            directory.people.iter().map(|person| (&person.id, &person.name)).collect();
        for tenure in directory.in_force(today).into_iter().chain(directory.to_come(today)) {
            let Relation::Holds { post, body } = &tenure.relation else { continue };
            let name = names.get(&tenure.person);
            let cell = |heading: &Heading| match &heading.column {
                Column::Person => tenure.person.to_string(),
                Column::Name => name.map_or(String::new(), |name| cell_of(&name.zh)),
                Column::EnglishName => name.map_or(String::new(), |name| cell_of(&name.en)),
                Column::Post => post.to_string(),
                Column::Body => body.as_ref().map_or(String::new(), ToString::to_string),
                Column::From => tenure.from.to_string(),
                Column::Until => directory.last_day(tenure).map_or(String::new(), |last| last.to_string()),
                Column::Class | Column::Other(_) => String::new(),
            };
            write(columns.iter().map(cell).collect());
        }
        let bytes = writer.into_inner().expect("memory takes all that is written");
        Ok(String::from_utf8(bytes).expect("texts are written as they are"))
    }
}

fn number(events: &[Event]) -> Option<MatterNumber> {
    events.first().and_then(|event| event.number.clone())
}

/// A text read as rows under headings.
struct List {
    columns: Vec<Option<Column>>,
    /// Each with its line.
    rows: Vec<(u64, StringRecord)>,
}

impl List {
    fn read(rulebook: &rules::rulebook::Rulebook, text: &str) -> Result<List, Unreadable> {
        // As forms send them, two signs end a line, which is then counted too late.
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        if let Some(line) = open_quote(&text) {
            return Err(Unreadable::Malformed { line });
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&text))
            .from_reader(text.as_bytes());
        let mut records = vec![];
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(1, csv::Position::line);
                Unreadable::Malformed { line }
            })?;
            let line = line_of(&text, record.position());
            if record.iter().any(|cell| cell.contains('\n')) {
                return Err(Unreadable::Malformed { line });
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if records.len() > ROWS_MAX {
                return Err(Unreadable::TooMany { rows_max: ROWS_MAX });
            }
            records.push((line, record));
        }
        if records.is_empty() {
            return Err(Unreadable::Empty);
        }
        let (_, head) = records.remove(0);
        let columns = columns::read(rulebook, &head).map_err(Unreadable::Headless)?;
        match records.is_empty() {
            true => Err(Unreadable::Empty),
            false => Ok(List { columns, rows: records }),
        }
    }
}

/// The line of the quotation mark that is not closed: whatever follows it would be one cell.
fn open_quote(text: &str) -> Option<u64> {
    let (mut open, mut line) = (None, 1);
    for c in text.chars() {
        match c {
            '\n' => line += 1,
            '"' => open = if open.is_none() { Some(line) } else { None },
            _ => {}
        }
    }
    open
}

/// The line on which a row begins; empty lines before it are passed over where it is said to stand.
fn line_of(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 1 };
    let before = usize::try_from(position.byte()).ok().and_then(|at| text.get(at..)).unwrap_or_default();
    position.line() + before.bytes().take_while(|byte| *byte == b'\n').count() as u64
}

/// A text as a cell: what a spreadsheet would take for a formula is marked as a text.
fn cell_of(text: &str) -> String {
    if text.starts_with(FORMULAS) { format!("'{text}") } else { text.to_owned() }
}

/// What parts the cells, by the first line: cells copied from a spreadsheet come with tabs.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    match (head.contains('\t'), head.contains(','), head.contains(';')) {
        (true, _, _) => b'\t',
        (false, false, true) => b';',
        _ => b',',
    }
}

/// The directory as the rows so far would leave it.
struct Holding<'h> {
    gathered: &'h crate::Gathered,
    steps: Vec<Entering<'h>>,
    directory: Directory,
    organisation: Organisation,
    person: &'h PersonId,
    late: Option<&'h str>,
    import: CommandId,
    commands: usize,
}

impl<'h> Holding<'h> {
    fn row(&mut self, line: u64, told: &Told<'_>) -> (Row, Vec<Command>) {
        let said: Vec<&str> = told.record.iter().map(str::trim).filter(|cell| !cell.is_empty()).take(3).collect();
        let mut row = Row { line, said: said.join(" "), changes: vec![], problem: None };
        let mut commands = vec![];
        if let Some(cell) = told.stray() {
            row.problem = Some(Problem::Stray { cell: cell.to_owned() });
            return (row, commands);
        }
        if told.lacks_person() {
            row.problem = Some(Problem::Nobody);
            return (row, commands);
        }
        let wanted = self.against().wanted(told);
        let before = (wanted.len() > 1).then(|| self.directory.clone());
        for what in wanted {
            let (entering, command) = match self.command(what, told) {
                Ok(command) => command,
                Err(problem) => {
                    row.problem = Some(problem);
                    break;
                }
            };
            let (came, entries) = self.judged(&command);
            let (kind, step) = (entering.kind.id.clone(), entering.step.id.clone());
            let change = Change { what, kind, step, entries, came };
            let goes_on = change.is_lawful();
            row.changes.push(change);
            commands.push(command);
            if !goes_on {
                break;
            }
        }
        if row.problem.is_some() || !row.changes.iter().all(Change::is_lawful) {
            let lawful = row.changes.iter_mut().filter(|change| change.is_lawful());
            lawful.for_each(|change| change.came = Came::Left);
            let said = row.changes.iter().any(|change| !change.entries.is_empty());
            if let Some(before) = before.filter(|_| said) {
                self.directory = before;
                self.organise();
            }
        }
        (row, commands)
    }

    fn against(&self) -> Against<'_> {
        Against { rulebook: &self.gathered.edition.rulebook, directory: &self.directory, today: self.gathered.today }
    }

    fn organise(&mut self) {
        let posts = &self.gathered.edition.rulebook.standing;
        self.organisation = self.directory.as_of(self.gathered.today, posts);
    }

    /// The command by which one thing is entered as the row says it.
    fn command(&mut self, what: What, told: &Told<'_>) -> Result<(Entering<'h>, Command), Problem> {
        let entering = self.steps.iter().find(|entering| entering.what == what).copied();
        let entering = entering.ok_or(Problem::NoStep { what })?;
        let typed = self.against().typed(told, &entering);
        let rulebook = &self.gathered.edition.rulebook;
        let filled = fill::read_in(rulebook, &self.organisation, entering.kind, &typed);
        if let Some(misfit) = filled.problems.into_iter().next() {
            return Err(Problem::Misfit { kind: entering.kind.id.clone(), misfit });
        }
        self.commands += 1;
        let command = Command {
            id: self.import.part(self.commands),
            person: self.person.clone(),
            target: Target::New(entering.kind.id.clone()),
            step: entering.step.id.clone(),
            outcome: None,
            each: None,
            input: filled.input,
            late: self.late.map(str::to_owned),
            number: None,
        };
        Ok((entering, command))
    }

    /// What the engine says of a command, and what it would say of the directory, which stands from then on.
    fn judged(&mut self, command: &Command) -> (Came, Vec<Entry>) {
        let circumstances = Circumstances { organisation: &self.organisation, ..self.gathered.circumstances() };
        let decided = match decide(&self.gathered.edition, circumstances, command) {
            Ok(decided) => decided,
            Err(refused) => return (Came::Refused(refused), vec![]),
        };
        let entries: Vec<Entry> = decided.acts.into_iter().flat_map(|act| act.directory).collect();
        entries.iter().cloned().for_each(|entry| self.directory.say(entry));
        self.organise();
        (Came::Lawful, entries)
    }
}
