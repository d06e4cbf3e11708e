//! A device with passkeys, by hand: what an authenticator and a browser compute (WebAuthn Level 3 §6), with every part
//! of it open to change.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::nid::Nid;
use openssl::pkey::Private;
use openssl::sha::sha256;
use serde_json::{Value, json};

use crate::support::ISSUER;

const PRESENT: u8 = 0x01;
pub const VERIFIED: u8 = 0x04;
const SYNCED: u8 = 0x08 | 0x10;
const HAS_KEY: u8 = 0x40;

pub struct Device {
    id: Vec<u8>,
    key: EcKey<Private>,
    user: Vec<u8>,
    pub origin: String,
    pub host: String,
    pub flags: u8,
    pub counter: u32,
    /// Whether it says whose passkey it is.
    pub names: bool,
}

impl Device {
    pub fn new() -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        Self {
            id: signet::base::random::bytes::<32>().to_vec(),
            key: EcKey::generate(&group).unwrap(),
            user: Vec::new(),
            origin: ISSUER.to_owned(),
            host: "localhost".to_owned(),
            flags: PRESENT | VERIFIED,
            counter: 0,
            names: true,
        }
    }

    /// One that copies its keys to others of the same person.
    pub fn synced() -> Self {
        let mut device = Self::new();
        device.flags |= SYNCED;
        device
    }

    pub fn clone_key(&self) -> Self {
        Self {
            id: self.id.clone(),
            key: self.key.clone(),
            user: self.user.clone(),
            origin: self.origin.clone(),
            host: self.host.clone(),
            ..*self
        }
    }

    /// The answer to `navigator.credentials.create`.
    pub fn create(&mut self, options: &Value) -> String {
        self.user = BASE64.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let mut data = self.data(self.flags | HAS_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        let client = self.client("webauthn.create", options);
        self.answer(&json!({
            "attestationObject": BASE64.encode(object), "clientDataJSON": BASE64.encode(client),
            "transports": ["internal"],
        }))
    }

    /// The answer to `navigator.credentials.get`; the counter goes on.
    pub fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let (data, client) = (self.data(self.flags), self.client("webauthn.get", options));
        let signed = [data.as_slice(), &sha256(client.as_bytes())].concat();
        let signature = EcdsaSig::sign(&sha256(&signed), &self.key).unwrap().to_der().unwrap();
        self.answer(&json!({
            "authenticatorData": BASE64.encode(data), "clientDataJSON": BASE64.encode(client),
            "signature": BASE64.encode(signature), "userHandle": self.names.then(|| BASE64.encode(&self.user)),
        }))
    }

    fn answer(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }

    fn client(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = sha256(self.host.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// COSE: an elliptic curve key for ES256 (RFC 9053 §7.1).
    fn public_key(&self) -> Vec<u8> {
        let (mut x, mut y, mut context) =
            (BigNum::new().unwrap(), BigNum::new().unwrap(), BigNumContext::new().unwrap());
        self.key.public_key().affine_coordinates(self.key.group(), &mut x, &mut y, &mut context).unwrap();
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(x.to_vec_padded(32).unwrap());
        key.extend(b"\x22\x58\x20");
        key.extend(y.to_vec_padded(32).unwrap());
        key
    }
}
