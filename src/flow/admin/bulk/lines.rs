//! A file in lines of cells (RFC 4180), as table programs write it: put away in sealed parts, and read a few lines at a
//! time, from wherever the last reading has ended. Never is more of it in memory than one part and one line.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde::{Deserialize, Serialize};

use super::super::wrong;
use crate::app::Cx;
use crate::flow::Result;
use crate::model::JobId;
use crate::model::bulk::{BulkPart, PART};
use crate::spec::error::Refusal;
use crate::store::{self, Conn};

/// Bytes of one line, and cells of it.
const LONGEST: usize = 8 * 1024;
const MOST_CELLS: usize = 32;
/// Parts that are deleted in one go.
const GONE: i64 = 20;
/// What some programs begin a file of UTF-8 with.
const MARK: &[u8] = "\u{feff}".as_bytes();

crate::text_enum! {
    /// What a column holds, as the first line calls it.
    Column {
        Email = "email",
        Name = "name",
        /// Names of roles, with a space or a bar between them.
        Roles = "roles",
        /// One of the tenant's kinds of people.
        Type = "type",
        /// The client id of the app in which the person arrives.
        App = "app",
        /// The language of the letter.
        Locale = "locale",
    }
}

/// A file that was put away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// The job that its parts are kept with.
    pub of: JobId,
    pub separator: u8,
    pub columns: Vec<Column>,
    /// Where the second line begins.
    pub begin: usize,
}

/// A line: its number in the file, and its cells that hold something. What is wrong with its form is said.
#[derive(Debug, PartialEq)]
pub struct Line {
    pub number: i64,
    pub cells: Result<Vec<(Column, String)>, &'static str>,
}

impl Line {
    pub fn cell(&self, wanted: Column) -> Option<&str> {
        let cells = self.cells.as_ref().ok()?;
        cells.iter().find(|(column, _)| *column == wanted).map(|(_, text)| text.as_str())
    }
}

/// Reads the first line, which names the columns. Fails with 422 when it does not.
pub fn head(of: &JobId, start: &[u8]) -> Result<File, Refusal> {
    let mark = if start.starts_with(MARK) { MARK.len() } else { 0 };
    let text = &start[mark..];
    let first = text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |wanted: u8| first.split(|byte| *byte == wanted).count();
    // where a comma stands in numbers, table programs write another sign
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b',');
    let mut cells = Cells::new(separator);
    // the end of the line comes with it, or is all there is
    let used = match cells.feed(&text[..text.len().min(LONGEST)]) {
        Fed::Line(used) => Some(used),
        Fed::More(used) => matches!(cells.feed(&[]), Fed::Line(_)).then_some(used),
        Fed::End => None,
    };
    let used = used.ok_or_else(|| bad("the first line names the columns"))?;
    let names = cells.take().map_err(bad)?;
    let mut columns = Vec::new();
    for name in names {
        let name = name.trim().to_lowercase();
        let column = Column::parse(&name).ok_or_else(|| bad(&format!("there is no column {name:?}")))?;
        if columns.contains(&column) {
            return Err(bad(&format!("the column {column} stands there twice")));
        }
        columns.push(column);
    }
    match columns.contains(&Column::Email) {
        true => Ok(File { of: of.clone(), separator, columns, begin: mark + used }),
        false => Err(bad("there is no column email")),
    }
}

fn bad(why: &str) -> Refusal {
    wrong("columns", format!("{why}; known are: {}", Column::names()))
}

/// At most `most` lines from a place on, which an earlier reading has told or is empty; and the place behind them.
pub async fn read(
    cx: Cx<'_>,
    conn: &mut Conn,
    file: &File,
    (from, most): (&str, usize),
) -> Result<(Vec<Line>, String)> {
    let place = from.split_once('.').and_then(|(at, number)| Some((at.parse().ok()?, number.parse().ok()?)));
    let (mut at, mut number): (usize, i64) = place.unwrap_or((file.begin, 1));
    let (mut lines, mut next) = (Vec::new(), from.to_owned());
    let mut cells = Cells::new(file.separator);
    loop {
        let part = part(cx, conn, &file.of, at / PART).await?.unwrap_or_default();
        let mut rest = part.get(at % PART..).unwrap_or_default();
        // nothing at all is how the end is told
        let is_over = rest.is_empty();
        while is_over || !rest.is_empty() {
            match cells.feed(rest) {
                Fed::Line(used) => {
                    (rest, at, number) = (&rest[used..], at + used, number + 1);
                    lines.push(Line { number, cells: cells.take().and_then(|cells| named(&file.columns, cells)) });
                    next = format!("{at}.{number}");
                    if lines.len() == most {
                        return Ok((lines, next));
                    }
                }
                Fed::More(used) => (rest, at) = (&rest[used..], at + used),
                Fed::End => return Ok((lines, next)),
            }
        }
    }
}

fn named(columns: &[Column], cells: Vec<String>) -> Result<Vec<(Column, String)>, &'static str> {
    if cells.len() > columns.len() {
        return Err("it has more cells than there are columns");
    }
    let cells = columns.iter().copied().zip(cells.into_iter().map(|cell| cell.trim().to_owned()));
    Ok(cells.filter(|(_, cell)| !cell.is_empty()).collect())
}

async fn part(cx: Cx<'_>, conn: &mut Conn, of: &JobId, number: usize) -> Result<Option<Vec<u8>>> {
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    match store::bulk::part(conn, cx.tenant, of, number).await? {
        Some(sealed) => Ok(Some(cx.app.master_key.open(&BulkPart::place(of, number), &sealed)?)),
        None => Ok(None),
    }
}

/// Deletes a file that nobody needs any more.
pub async fn discard(cx: Cx<'_>, file: &File) -> Result<()> {
    while cx.app.db.write(async |tx| store::bulk::delete_parts(tx, cx.tenant, &file.of, GONE).await).await? > 0 {
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// What came of some bytes.
enum Fed {
    /// A line is whole, after so many bytes.
    Line(usize),
    /// All of them belong to a line that goes on.
    More(usize),
    End,
}

/// The cells of the line that is being read.
struct Cells {
    reader: Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    filled: (usize, usize),
    wrong: Option<&'static str>,
}

impl Cells {
    fn new(separator: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(separator).build();
        Self { reader, bytes: vec![0; LONGEST], ends: vec![0; MOST_CELLS], filled: (0, 0), wrong: None }
    }

    fn feed(&mut self, mut input: &[u8]) -> Fed {
        let whole = input.len();
        loop {
            let (bytes, ends) = (&mut self.bytes[self.filled.0..], &mut self.ends[self.filled.1..]);
            let (result, used, written, ended) = self.reader.read_record(input, bytes, ends);
            input = &input[used..];
            self.filled = (self.filled.0 + written, self.filled.1 + ended);
            match result {
                ReadRecordResult::Record => return Fed::Line(whole - input.len()),
                ReadRecordResult::End => return Fed::End,
                ReadRecordResult::InputEmpty => return Fed::More(whole),
                // the rest of the line is read over
                ReadRecordResult::OutputFull => self.give_up("it is longer than 8192 bytes"),
                ReadRecordResult::OutputEndsFull => self.give_up("it has more than 32 cells"),
            }
        }
    }

    fn give_up(&mut self, why: &'static str) {
        self.wrong.get_or_insert(why);
        self.filled = (0, 0);
    }

    /// The line that is whole; the next one begins.
    fn take(&mut self) -> Result<Vec<String>, &'static str> {
        let (_, ends) = std::mem::take(&mut self.filled);
        if let Some(why) = self.wrong.take() {
            return Err(why);
        }
        let starts = std::iter::once(0).chain(self.ends[..ends].iter().copied());
        let cells = starts.zip(&self.ends[..ends]).map(|(start, end)| self.bytes[start..*end].to_vec());
        cells.map(String::from_utf8).collect::<Result<_, _>>().map_err(|_| "it is not UTF-8")
    }
}

/// Counts the lines of a file that comes in pieces.
pub struct Counter {
    cells: Cells,
    lines: i64,
}

impl Counter {
    pub fn new(separator: u8) -> Self {
        Self { cells: Cells::new(separator), lines: 0 }
    }

    pub fn feed(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() {
            match self.cells.feed(piece) {
                Fed::Line(used) => {
                    piece = &piece[used..];
                    self.line();
                }
                Fed::More(_) | Fed::End => return,
            }
        }
    }

    fn line(&mut self) {
        self.cells.filled = (0, 0);
        self.lines += 1;
    }

    /// How many there were behind the first one.
    pub fn end(mut self) -> i64 {
        while let Fed::Line(_) = self.cells.feed(&[]) {
            self.line();
        }
        self.lines.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Result<(u8, Vec<Column>, usize), String> {
        let file = head(&JobId::from("x"), text.as_bytes()).map_err(|refusal| refusal.reason.into_owned())?;
        Ok((file.separator, file.columns, file.begin))
    }

    #[test]
    fn the_first_line_names_the_columns() {
        use Column::{Email, Name, Roles};
        assert_eq!(columns("email,name\r\na@b.de,Ada"), Ok((b',', vec![Email, Name], 11)));
        assert!(columns("\u{feff}Name; E-Mail \n").unwrap_err().contains("\"e-mail\""));
        assert_eq!(columns("\u{feff}\"Name\";EMAIL;roles\n"), Ok((b';', vec![Name, Email, Roles], 22)));
        assert_eq!(columns("email"), Ok((b',', vec![Email], 5)));
        for bad in ["", "\n", "name\n", "email,email\n", "email,=1+1\n", &"x".repeat(LONGEST + 1)] {
            assert!(columns(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn lines_come_whole_wherever_they_are_cut() {
        let text = "email,name\r\na@b.de,\"Ada, \"\"the\r\nfirst\"\"\"\r\n\r\nb@b.de,=1+1";
        for size in 1..text.len() {
            let (mut cells, mut found) = (Cells::new(b','), Vec::new());
            for piece in text.as_bytes().chunks(size).chain([&[][..]]) {
                let mut rest = piece;
                while let Fed::Line(used) = cells.feed(rest) {
                    rest = &rest[used..];
                    found.push(cells.take().unwrap());
                    if rest.is_empty() {
                        break;
                    }
                }
            }
            assert_eq!(found.len(), 3, "{size}: {found:?}");
            assert_eq!(found[1], ["a@b.de", "Ada, \"the\r\nfirst\""]);
            assert_eq!(found[2], ["b@b.de", "=1+1"]);
            let mut counter = Counter::new(b',');
            text.as_bytes().chunks(size).for_each(|piece| counter.feed(piece));
            assert_eq!(counter.end(), 2, "{size}");
        }
    }

    #[test]
    fn what_is_too_long_is_told_and_read_over() {
        let text = format!("{}\n{}\na@b.de\n", "x".repeat(3 * LONGEST), ",".repeat(100));
        let (mut cells, mut rest, mut found) = (Cells::new(b','), text.as_bytes(), Vec::new());
        while let Fed::Line(used) = cells.feed(rest) {
            rest = &rest[used..];
            found.push(cells.take());
        }
        assert_eq!(found.len(), 3);
        assert!(found[0].as_ref().unwrap_err().contains("longer"), "{found:?}");
        assert!(found[1].as_ref().unwrap_err().contains("cells"), "{found:?}");
        assert_eq!(found[2], Ok(vec!["a@b.de".to_owned()]));
    }
}
