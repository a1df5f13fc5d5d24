//! The bytes of a connection, in clear or encrypted. Each operation has one time by which it must
//! have ended, however slowly the bytes drip.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

/// So much is written at once.
const PIECE: usize = 16 * 1024;

impl Stream {
    /// A connection in clear, to the first address of the host that answers.
    pub(super) fn connect(host: &str, port: u16, timeout: Duration) -> io::Result<Self> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in (host, port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, timeout) {
                Ok(socket) => {
                    socket.set_nodelay(true)?;
                    return Ok(Self::Plain(socket));
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// The address of this end.
    pub(super) fn own_address(&self) -> Option<IpAddr> {
        self.socket().local_addr().ok().map(|address| address.ip())
    }

    /// Shakes hands: from here on everything is encrypted.
    pub(super) fn encrypt(
        self,
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        until: Instant,
    ) -> io::Result<Self> {
        let Self::Plain(mut socket) = self else { return Ok(self) };
        let wrong = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let mut tls = ClientConnection::new(config, name).map_err(wrong)?;
        while tls.is_handshaking() {
            wait_at_most(&socket, until)?;
            if tls.wants_write() {
                tls.write_tls(&mut socket)?;
                continue;
            }
            if tls.read_tls(&mut socket)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Err(error) = tls.process_new_packets() {
                // Tells the server why; whether that arrives does not matter.
                let _ = tls.write_tls(&mut socket);
                return Err(wrong(error));
            }
        }
        Ok(Self::Tls(Box::new(StreamOwned::new(tls, socket))))
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => &stream.sock,
        }
    }

    /// Waits for bytes and adds them to a buffer.
    pub(super) fn read(&mut self, buffer: &mut Vec<u8>, until: Instant) -> io::Result<()> {
        wait_at_most(self.socket(), until)?;
        let mut piece = [0; 4096];
        let length = match self {
            Self::Plain(socket) => socket.read(&mut piece)?,
            Self::Tls(stream) => stream.read(&mut piece)?,
        };
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer.extend(&piece[..length]);
        Ok(())
    }

    pub(super) fn write(&mut self, bytes: &[u8], until: Instant) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            wait_at_most(self.socket(), until)?;
            match self {
                Self::Plain(socket) => socket.write_all(piece)?,
                Self::Tls(stream) => stream.write_all(piece).and_then(|()| stream.flush())?,
            }
        }
        Ok(())
    }

    /// Whether something arrived that was not read yet. It does not wait.
    pub(super) fn has_bytes(&mut self) -> bool {
        if self.socket().set_nonblocking(true).is_err() {
            return false;
        }
        let there = match self {
            Self::Plain(socket) => socket.peek(&mut [0]).is_ok_and(|length| length > 0),
            Self::Tls(stream) => {
                while stream.conn.read_tls(&mut stream.sock).is_ok_and(|length| length > 0) {
                    if stream.conn.process_new_packets().is_err() {
                        break;
                    }
                }
                let state = stream.conn.process_new_packets();
                state.is_ok_and(|state| state.plaintext_bytes_to_read() > 0)
            }
        };
        // Where this fails the next operation says so.
        let _ = self.socket().set_nonblocking(false);
        there
    }
}

fn wait_at_most(socket: &TcpStream, until: Instant) -> io::Result<()> {
    let rest = until.saturating_duration_since(Instant::now());
    if rest.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    socket.set_read_timeout(Some(rest))?;
    socket.set_write_timeout(Some(rest))
}
