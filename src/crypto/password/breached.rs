//! Passwords that were found in the loot of others: a file of `SHA1:COUNT` lines, sorted by the digest, as the offline
//! lists of breached passwords are. It may hold a billion lines, so nothing of it is kept in memory: each look-up is less
//! than a hundred short reads.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use openssl::sha::sha1;

/// A list that is open.
#[derive(Debug)]
pub struct Breached {
    file: File,
    length: u64,
}

/// What is wrong with a file that should be such a list.
#[derive(Debug, thiserror::Error)]
pub enum Odd {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    #[error("it is empty")]
    Empty,
    #[error(
        "at byte {0}: no line like 0123456789ABCDEF0123456789ABCDEF01234567:89, the SHA-1 of a password and how often it was found"
    )]
    Line(u64),
    #[error("at byte {0}: not in the order of the digests; take the list that is ordered by hash, or sort it")]
    Order(u64),
}

type Digest = [u8; 20];

/// 40 digits, a colon, a count, the end of a line as any system writes it.
const LONGEST: usize = 40 + 1 + 20 + 2;
/// Places that are looked at when a list is opened; reading all of it would take minutes.
const SAMPLES: u64 = 256;

struct Line {
    digest: Digest,
    /// Where the next one begins.
    end: u64,
}

impl Breached {
    /// Opens a list, and looks here and there whether it is one.
    pub fn open(path: &str) -> Result<Self, Odd> {
        let file = File::open(path)?;
        let list = Self { length: file.metadata()?.len(), file };
        if list.length == 0 {
            return Err(Odd::Empty);
        }
        let mut before = None;
        for sample in 0..=SAMPLES {
            let begin = list.line_from(list.length.saturating_mul(sample) / SAMPLES)?;
            let Some(line) = list.line(begin)? else { break };
            match before {
                Some((at, digest)) if at < begin && digest >= line.digest => return Err(Odd::Order(begin)),
                _ => before = Some((begin, line.digest)),
            }
        }
        Ok(list)
    }

    /// Bytes of the file.
    pub fn length(&self) -> u64 {
        self.length
    }

    pub fn holds(&self, password: &str) -> Result<bool, Odd> {
        self.find(&sha1(password.as_bytes()))
    }

    /// What is sought begins at `low` or later, and before `high`; both are beginnings of lines.
    fn find(&self, digest: &Digest) -> Result<bool, Odd> {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = self.line_from(low.midpoint(high))?;
            // the half behind the middle holds no beginning of a line: the one at the front is left
            let begin = if middle < high { middle } else { low };
            let Some(line) = self.line(begin)? else { return Ok(false) };
            match line.digest.cmp(digest) {
                std::cmp::Ordering::Equal => return Ok(true),
                std::cmp::Ordering::Less => low = line.end,
                // of the lines from `low` to the middle
                std::cmp::Ordering::Greater if begin == low => return Ok(false),
                std::cmp::Ordering::Greater => high = begin,
            }
        }
        Ok(false)
    }

    /// Where the first line begins that does so at `at` or later.
    fn line_from(&self, at: u64) -> Result<u64, Odd> {
        let Some(before) = at.checked_sub(1) else { return Ok(0) };
        let mut buffer = [0; LONGEST];
        let read = self.read(before, &mut buffer)?;
        match buffer[..read].iter().position(|byte| *byte == b'\n') {
            Some(end) => Ok(before + as_u64(end) + 1),
            None if read < LONGEST => Ok(self.length),
            None => Err(Odd::Line(before)),
        }
    }

    /// None at the end of the file.
    fn line(&self, begin: u64) -> Result<Option<Line>, Odd> {
        let mut buffer = [0; LONGEST];
        let read = self.read(begin, &mut buffer)?;
        if read == 0 {
            return Ok(None);
        }
        let found = buffer[..read].iter().position(|byte| *byte == b'\n');
        let end = found.unwrap_or(read);
        let text = buffer[..end].strip_suffix(b"\r").unwrap_or(&buffer[..end]);
        let digest = parse(text).filter(|_| found.is_some() || read < LONGEST).ok_or(Odd::Line(begin))?;
        Ok(Some(Line { digest, end: begin + as_u64(end) + 1 }))
    }

    /// As much as there is, up to the whole buffer.
    fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while read < buffer.len() {
            match self.file.read_at(&mut buffer[read..], at + as_u64(read)) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// The count says nothing that counts: once is enough.
fn parse(line: &[u8]) -> Option<Digest> {
    let (digits, count) = line.split_at_checked(40)?;
    let count = count.strip_prefix(b":")?;
    if count.is_empty() || !count.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut digest = [0; 20];
    for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
        let value = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    /// A list of these passwords, in a folder of its own that goes with the test.
    struct Written(std::path::PathBuf);

    impl Written {
        fn new(text: &[u8]) -> Self {
            let path = std::env::temp_dir().join(format!("signet-{}", crate::base::random::id()));
            std::fs::write(&path, text).unwrap();
            Self(path)
        }

        fn open(&self) -> Result<Breached, Odd> {
            Breached::open(self.0.to_str().unwrap())
        }
    }

    impl Drop for Written {
        fn drop(&mut self) {
            std::fs::remove_file(&self.0).ok();
        }
    }

    fn lines(passwords: impl Iterator<Item = String>) -> Vec<String> {
        let hex = |digest: Digest| {
            digest.iter().fold(String::new(), |mut text, byte| {
                write!(text, "{byte:02X}").unwrap();
                text
            })
        };
        let counts = [1, 22, 333_333, 4_444_444_444_u64].into_iter().cycle();
        let mut lines: Vec<_> = passwords
            .zip(counts)
            .map(|(password, count)| format!("{}:{count}", hex(sha1(password.as_bytes()))))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn finds_each_line_and_nothing_else_however_lines_end() {
        for count in [1, 2, 3, 7, 1000] {
            let lines = lines((0..count).map(|n| format!("in {n}")));
            for (between, end) in [("\n", "\n"), ("\n", ""), ("\r\n", "\r\n"), ("\r\n", "")] {
                let written = Written::new(format!("{}{end}", lines.join(between)).as_bytes());
                let list = written.open().unwrap();
                for n in 0..count {
                    assert!(list.holds(&format!("in {n}")).unwrap(), "{n} of {count} {between:?} {end:?}");
                    assert!(!list.holds(&format!("out {n}")).unwrap(), "{n} of {count} {between:?} {end:?}");
                }
            }
        }
    }

    #[test]
    fn digits_may_be_small() {
        let written = Written::new(b"5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8:9\n");
        assert!(written.open().unwrap().holds("password").unwrap());
    }

    #[test]
    fn what_is_no_such_list_is_refused() {
        let mut good = lines((0..1000).map(|n| format!("in {n}")));
        let whole = good.join("\n");
        good.reverse();
        let backwards = good.join("\n");
        let colon = whole.replace(':', ";");
        let short = whole.replace(':', "").lines().map(|line| line[..32].to_owned()).collect::<Vec<_>>().join("\n");
        for (name, text) in
            [("empty", ""), ("words", "password\n123456\n"), ("backwards", &backwards), ("no colon", &colon)]
                .into_iter()
                .chain([("another digest", short.as_str()), ("one endless line", &whole.replace('\n', ""))])
        {
            assert!(Written::new(text.as_bytes()).open().is_err(), "{name}");
        }
        assert!(matches!(Breached::open("/nowhere/at/all"), Err(Odd::Unreadable(_))));
        assert!(matches!(Breached::open("/"), Err(Odd::Unreadable(_))), "a folder");
    }
}
