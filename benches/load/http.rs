//! A small HTTP/1.1 client over one kept connection. It must cost less than the servers that it measures: requests are
//! bytes made beforehand, and of an answer only the status, the length and what somebody asks for are read.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Conn {
    addr: SocketAddr,
    stream: TcpStream,
    input: Vec<u8>,
    body: Vec<u8>,
}

pub struct Answer<'a> {
    pub status: u16,
    pub body: &'a [u8],
    head: &'a str,
}

enum Framing {
    Length(usize),
    Chunked,
}

impl Conn {
    pub async fn open(addr: SocketAddr) -> io::Result<Self> {
        Ok(Self { addr, stream: connect(addr).await?, input: Vec::with_capacity(8192), body: Vec::new() })
    }

    /// After a failed call the connection is of no use: half an answer may still be on the way.
    pub async fn reopen(&mut self) -> io::Result<()> {
        self.stream = connect(self.addr).await?;
        Ok(())
    }

    pub async fn call(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.input.clear();
        let head_end = loop {
            match find(&self.input, b"\r\n\r\n") {
                Some(at) => break at + 4,
                None => self.fill().await?,
            }
        };
        let (status, framing) = self.parse(head_end)?;
        match framing {
            Framing::Length(length) => {
                while self.input.len() < head_end + length {
                    self.fill().await?;
                }
                self.body.clear();
                self.body.extend_from_slice(&self.input[head_end..head_end + length]);
            }
            Framing::Chunked => self.read_chunks(head_end).await?,
        }
        let head = str::from_utf8(&self.input[..head_end]).map_err(|_| wrong("the head is not UTF-8"))?;
        Ok(Answer { status, body: &self.body, head })
    }

    fn parse(&self, head_end: usize) -> io::Result<(u16, Framing)> {
        let head = str::from_utf8(&self.input[..head_end]).map_err(|_| wrong("the head is not UTF-8"))?;
        let status = head.get(9..12).and_then(|digits| digits.parse().ok()).ok_or_else(|| wrong("no status"))?;
        let framing = if let Some(length) = header(head, "content-length") {
            Framing::Length(length.parse().map_err(|_| wrong("content-length is not a number"))?)
        } else if header(head, "transfer-encoding").is_some() {
            Framing::Chunked
        } else {
            Framing::Length(0)
        };
        Ok((status, framing))
    }

    /// RFC 9112 §7.1, without trailers.
    async fn read_chunks(&mut self, mut at: usize) -> io::Result<()> {
        self.body.clear();
        loop {
            let line_end = loop {
                match find(&self.input[at..], b"\r\n") {
                    Some(end) => break at + end,
                    None => self.fill().await?,
                }
            };
            let digits = str::from_utf8(&self.input[at..line_end]).map_err(|_| wrong("chunk size"))?;
            let size = usize::from_str_radix(digits.trim(), 16).map_err(|_| wrong("chunk size"))?;
            let data = line_end + 2;
            while self.input.len() < data + size + 2 {
                self.fill().await?;
            }
            if size == 0 {
                return Ok(());
            }
            self.body.extend_from_slice(&self.input[data..data + size]);
            at = data + size + 2;
        }
    }

    async fn fill(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.input).await? {
            0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection")),
            _ => Ok(()),
        }
    }
}

impl Answer<'_> {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        lines(self.head).filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).map(|(_, value)| value)
    }

    pub fn text(&self) -> &str {
        str::from_utf8(self.body).unwrap_or_default()
    }

    pub fn contains(&self, needle: &str) -> bool {
        find(self.body, needle.as_bytes()).is_some()
    }
}

/// For a message: status, where to, and how the body begins.
impl std::fmt::Display for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start: String = self.text().chars().take(300).collect();
        write!(f, "{} {} {start:?}", self.status, self.header("location").unwrap_or_default())
    }
}

async fn connect(addr: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(addr).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    lines(head).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn lines(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.split("\r\n").filter_map(|line| line.split_once(':')).map(|(name, value)| (name, value.trim()))
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

fn wrong(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
