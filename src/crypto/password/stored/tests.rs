use super::*;

const PASSWORD: &str = "correct horse battery";

fn own() -> Params {
    Params::new(64, 1, 1, Some(32)).unwrap()
}

fn parse(text: &str) -> Result<Stored, Unusable> {
    Stored::parse(text, &own())
}

/// None when it cannot be used.
fn is_of(text: &str, password: &str) -> Option<bool> {
    parse(text).ok()?.is_of(&mut Vec::new(), password)
}

/// Made with libxcrypt and Python's hashlib.
#[test]
fn hashes_of_other_systems() {
    for text in [
        "$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.",
        "$2y$04$abcdefghijklmnopqrstuuqREtd3VJD2QVZbuFskFSLk6eRIrQoOS",
        "$scrypt$ln=10,r=8,p=2$YSBzYWx0IG9mIGJ5dGVzIQ$ztWiyQKx9ZTf01fATAVyjQS3ICBmghYX25iaXSi8d7k",
        "$pbkdf2-sha256$i=1000$YSBzYWx0IG9mIGJ5dGVzIQ$9Pr6fhCw4N8ipAmDzepSW4qb+K0pNltzyGQAUc7VskE",
        "$pbkdf2-sha256$i=1000,l=24$YSBzYWx0IG9mIGJ5dGVzIQ$9Pr6fhCw4N8ipAmDzepSW4qb+K0pNltz",
        "$pbkdf2-sha512$1000$..8BvnNhbHQ$3D3WmsAMA1T3OyZoUHINPwPJgjcUYYQYs0YkmhwJPLccd5EBc.LB9XE.k2uAazIAA4kCDmUcB6azrlHsZiEkOw",
        "pbkdf2_sha256$1000$aSaltOfText$zjrIbEsri6zdgln4ZSpbbTq64PBe+tF8J3MirpS7NDA=",
    ] {
        assert_eq!(is_of(text, PASSWORD), Some(true), "{text}");
        assert_eq!(is_of(text, "correct horse batterz"), Some(false), "{text}");
        assert!(!parse(text).unwrap().is_as_good_as(&own()), "{text}");
    }
}

#[test]
fn bcrypt_looks_at_72_bytes() {
    let hash = "$2a$04$abcdefghijklmnopqrstuu3EIilE7Xjwa.QSG9G9Ugz6f7vGhHFgu";
    let long = "pässwörd".repeat(10);
    assert_eq!(is_of(hash, &long), Some(true));
    assert_eq!(is_of(hash, &format!("{long}!")), Some(true));
    assert_eq!(is_of(hash, &long[..71]), Some(false));
}

/// RFC 7914 §12 and §11, and the examples of the reference implementation of argon2.
#[test]
fn published_examples() {
    let cases = [
        (
            "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
            "password",
        ),
        (
            "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
            "pleaseletmein",
        ),
        (
            "$pbkdf2-sha256$i=1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw",
            "passwd",
        ),
        ("$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY", "password"),
        ("$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8", "password"),
        ("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"),
    ];
    for (text, password) in cases {
        assert_eq!(is_of(text, password), Some(true), "{text}: {:?}", parse(text).err());
        assert_eq!(is_of(text, "another"), Some(false), "{text}");
    }
}

#[test]
fn every_kind_of_argon2_and_only_the_best_is_kept() {
    for (algorithm, version, m, length, good) in [
        (Algorithm::Argon2id, Version::V0x13, 64, 32, true),
        (Algorithm::Argon2id, Version::V0x13, 128, 64, true),
        (Algorithm::Argon2id, Version::V0x13, 32, 32, false),
        (Algorithm::Argon2id, Version::V0x13, 64, 16, false),
        (Algorithm::Argon2id, Version::V0x10, 64, 32, false),
        (Algorithm::Argon2i, Version::V0x13, 64, 32, false),
        (Algorithm::Argon2d, Version::V0x13, 64, 32, false),
    ] {
        let params = Params::new(m, 3, 2, Some(length)).unwrap();
        let mut out = vec![0; length];
        Argon2::new(algorithm, version, params)
            .hash_password_into(PASSWORD.as_bytes(), b"salty salt", &mut out)
            .unwrap();
        let (salt, out) = (STANDARD_NO_PAD.encode("salty salt"), STANDARD_NO_PAD.encode(&out));
        let text = format!("${algorithm}$v={}$m={m},t=3,p=2${salt}${out}", version as u32);
        assert_eq!(is_of(&text, PASSWORD), Some(true), "{text}");
        assert_eq!(is_of(&text, "another"), Some(false), "{text}");
        assert_eq!(parse(&text).unwrap().is_as_good_as(&own()), good, "{text}");
    }
}

#[test]
fn what_would_stall_the_server_is_not_computed() {
    let salted = "YSBzYWx0IG9mIGJ5dGVzIQ$ztWiyQKx9ZTf01fATAVyjQS3ICBmghYX25iaXSi8d7k";
    let bcrypt = |cost: u32| format!("$2b${cost:02}$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.");
    let cases = [
        (format!("$argon2id$v=19$m=1048576,t=8,p=1${salted}"), format!("$argon2id$v=19$m=1048576,t=9,p=1${salted}")),
        (format!("$argon2d$v=19$m=8,t=1048576,p=1${salted}"), format!("$argon2d$v=19$m=1048577,t=1,p=1${salted}")),
        (bcrypt(16), bcrypt(17)),
        (format!("$scrypt$ln=20,r=8,p=1${salted}"), format!("$scrypt$ln=21,r=8,p=1${salted}")),
        (format!("$scrypt$ln=10,r=64,p=64${salted}"), format!("$scrypt$ln=1,r=65,p=1${salted}")),
        (format!("$pbkdf2-sha512$i=5000000${salted}"), format!("$pbkdf2-sha512$i=5000001${salted}")),
        (format!("$pbkdf2-sha256$1${salted}"), format!("$pbkdf2-sha256$4294967295${salted}")),
    ];
    for (good, bad) in cases {
        assert!(parse(&good).is_ok(), "{good}: {:?}", parse(&good).err());
        assert!(matches!(parse(&bad), Err(Unusable::TooDear(_))), "{bad}: {:?}", parse(&bad).err());
    }
    let own = Params::new(1_048_576, 9, 1, Some(32)).unwrap();
    assert!(Stored::parse(&format!("$argon2id$v=19$m=1048576,t=9,p=1${salted}"), &own).is_ok(), "as dear as ours");
}

#[test]
fn what_is_no_hash_is_told() {
    let salted = "YSBzYWx0IG9mIGJ5dGVzIQ$ztWiyQKx9ZTf01fATAVyjQS3ICBmghYX25iaXSi8d7k";
    let long = "a".repeat(600);
    for unknown in
        ["", "password", "$", "$1$salt$hash", "$6$salt$hash", "{SSHA}abc", "5f4dcc3b5aa765d61d8327deb882cf99", &long]
    {
        assert_eq!(parse(unknown).err(), Some(Unusable::Unknown), "{unknown}");
    }
    for damaged in [
        "$2b$05$tooShort",
        "$2b$03$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$ztWiyQKx9ZTf01fATAVyjQS3ICBmghYX25iaXSi8d7k",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ",
        "$argon2id$v=19$m=64,t=1,p=1",
        &format!("$argon2id$v=18$m=64,t=1,p=1${salted}"),
        &format!("$argon2id$v=19$m=64,t=0,p=1${salted}"),
        &format!("$scrypt$ln=0,r=8,p=1${salted}"),
        &format!("$scrypt$ln=16,r=1,p=1${salted}"),
        &format!("$scrypt$ln=10,r=0,p=1${salted}"),
        &format!("$scrypt$ln=10,r=8,p=0${salted}"),
        &format!("$scrypt$r=8,ln=10,p=1${salted}"),
        &format!("$scrypt$ln=10,r=8,p=1,x=1${salted}"),
        "$scrypt$ln=10,r=8,p=1$not base64$AAAA",
        &format!("$pbkdf2-sha256$i=0${salted}"),
        &format!("$pbkdf2-sha256$i=-1${salted}"),
        &format!("$pbkdf2-sha256$i=1000,l=31${salted}"),
        "$pbkdf2-sha256$i=1000$YSBzYWx0$AAAA",
        "pbkdf2_sha256$1000$$zjrIbEsri6zdgln4ZSpbbTq64PBe+tF8J3MirpS7NDA=",
        "pbkdf2_sha256$many$salt$zjrIbEsri6zdgln4ZSpbbTq64PBe+tF8J3MirpS7NDA=",
    ] {
        assert!(matches!(parse(damaged), Err(Unusable::Damaged(_))), "{damaged}: {:?}", parse(damaged).err());
    }
}
