//! Passwords that are tried first by whoever guesses: a common word with a few digits around it, and ways over the
//! keyboard. Rules in place of a list: what they match is some millions of passwords, and it costs a few kilobytes.

/// What people choose, without the digits and signs around it.
const WORDS: &str = "\
    abcd access account admin administrator ahmed alejandro alexander alexandra ali always amanda amazon america \
    andreas andrew andrey android angel anna anthony antonio apple april arsenal asdf ashley audi august \
    australia autumn baby babyboy babygirl banana barcelona baseball basketball batman bayern berlin bienvenue \
    bitcoin black blessed blossom blue bonjour boss boston brazil brother bunny business butterfly california \
    canada carlos cash champion changeme charlie cheese chelsea cherry chicago chicken chief china chocolate \
    christ christian claudia coffee company computer contrasena contraseña cookie corvette cricket crystal daddy \
    dallas daniel darling database david december default demo deutschland diamond dmitry dollar dolphin \
    dortmund dragon eagle elizabeth eminem emma england everything facebook falcon family father fatima february \
    felix ferrari florian flower football forever fortnite france francisco freedom friday friend friends \
    frühling fussball gamer geheim george germany ginger god gold golden golf google green guest guitar hallo \
    hamburg hannah happy harley haslo hassan heaven hello herbst hero hockey hola honda honey horse hunter ilove \
    iloveu iloveyou india instagram internet iphone ivan january japan jennifer jessica jesus jordan joshua \
    julia july june juventus kennwort killer king kitten kitty laptop laura lemon leon letmein liebe lightning \
    linkedin lion lisa liverpool login london losenord love lovely loveyou lucky lukas madrid magic mama manager \
    march maria markus martin master matrix matthew max maximilian mercedes metal metallica mexico michael \
    michelle microsoft million minecraft mohamed mohammed mommy monday money monkey motdepasse mother muenchen \
    munich music mustang mylove natasha network newyork nicole ninja nirvana nobody nothing november october \
    office oliver olivia omar online orange owner panther papa paris parola passwd password passwort patrick \
    paul peace peanut pepper peter phoenix piano pirate pizza player pokemon pony porsche power prince princess \
    private puppy purple queen qwert rabbit rainbow ranger red rich richard robert rockstar root rugby runner \
    russia sabine salasana samantha samsung sandra sarah saturday sebastian secret senha september server shadow \
    shark signin signup silver simon sister smile sniper soccer soldier something sommer sophia sophie spiderman \
    spring starwars stefan strawberry summer sunday sunshine superman support svetlana sweet sweetheart system \
    taylor temp tennis test tester testing texas thomas thunder thursday tiger toyota trustno tuesday turtle \
    twitter unknown user victoria vienna wachtwoord warrior website wednesday welcome whatever white william \
    willkommen windows winner winter wizard wolf yamaha yellow youtube zxcv";

/// The bytes of the longest of them.
const LONGEST_WORD: usize = 13;

/// Ways that fingers take, and counting; all of them count backwards as well.
const WAYS: &[&str] = &[
    "01234567890123456789",
    "1122334455667788990011",
    "112233112233",
    "147258369",
    "159753",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm",
    "!@#$%^&*()",
    "!\"§$%&/()=",
    "789456123",
    "a1b2c3d4e5f6g7h8i9",
    "aabbccddeeffgghhiijj",
    "abcdefghijklmnopqrstuvwxyz",
    "asdfghjkl;'",
    "azertyuiop",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujm",
    "qsdfghjklm",
    "qwertyuiop[]",
    "qwertzuiopü",
    "wxcvbn",
    "yxcvbnm",
    "zxcvbnm,./",
];
/// As short as a part of a way may be, and as many parts as still are one.
const STEP: usize = 3;
const PARTS: usize = 3;
/// Digits and signs before or after a word that make it no better.
const AROUND: usize = 5;

/// Whether a password is among the first to be tried.
pub fn is_common(password: &str) -> bool {
    let typed: Vec<char> = password.to_lowercase().chars().collect();
    is_way(&typed) || is_repeated(&typed) || is_date(password) || is_word(&typed)
}

/// A few parts, each of which is a stretch of a way, or one character again and again.
fn is_way(typed: &[char]) -> bool {
    let mut rest = typed;
    for _ in 0..PARTS {
        let part = longest_part(rest);
        if part < STEP {
            return false;
        }
        rest = &rest[part..];
        if rest.is_empty() {
            return true;
        }
    }
    false
}

fn longest_part(typed: &[char]) -> usize {
    let same = typed.iter().take_while(|c| Some(*c) == typed.first()).count();
    let along = WAYS.iter().map(|way| {
        let there: Vec<char> = way.chars().collect();
        let back: Vec<char> = way.chars().rev().collect();
        stretch(typed, &there).max(stretch(typed, &back))
    });
    along.max().unwrap_or_default().max(same)
}

/// How many characters from the start on stand in the way one after the other.
fn stretch(typed: &[char], way: &[char]) -> usize {
    let common = |from: usize| typed.iter().zip(&way[from..]).take_while(|(a, b)| a == b).count();
    (0..way.len()).map(common).max().unwrap_or_default()
}

/// The same up to four characters over and over.
fn is_repeated(typed: &[char]) -> bool {
    (1..=4).any(|period| typed.len() >= 2 * period && typed.iter().zip(&typed[period..]).all(|(a, b)| a == b))
}

/// Eight digits that are a day of the last or this century, written in any order.
fn is_date(password: &str) -> bool {
    let number = |range: std::ops::Range<usize>| password.get(range).and_then(|part| part.parse::<u32>().ok());
    let is_year = |year: Option<u32>| year.is_some_and(|year| (1900..2100).contains(&year));
    let is_day = |a: Option<u32>, b: Option<u32>| match (a, b) {
        (Some(a), Some(b)) => (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12,
        _ => false,
    };
    password.len() == 8
        && password.bytes().all(|byte| byte.is_ascii_digit())
        && (is_year(number(0..4)) && is_day(number(4..6), number(6..8))
            || is_year(number(4..8)) && is_day(number(0..2), number(2..4)))
}

/// One or two of the words, with other characters in the place of letters, and a little around them.
fn is_word(typed: &[char]) -> bool {
    let letter = |c: &char| c.is_alphabetic();
    let Some(first) = typed.iter().position(letter) else { return false };
    let last = typed.iter().rposition(letter).unwrap_or(first);
    let (before, after) = (&typed[..first], &typed[last + 1..]);
    // a sign at an end may stand for a letter
    let inner = [&typed[first..=last], &typed[..=last], &typed[first..], typed];
    let small = |around: &[char]| around.len() <= AROUND || is_way(around);
    small(before) && small(after) && inner.into_iter().any(|inner| is_one_or_two(&plain(inner)))
}

/// What was meant by `p@ssw0rd`.
fn plain(typed: &[char]) -> String {
    let meant = |c: &char| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        other => *other,
    };
    typed.iter().map(meant).collect()
}

/// Each cut costs a look at all words, so what is too long for two of them is not cut at all.
fn is_one_or_two(text: &str) -> bool {
    if text.len() > 2 * LONGEST_WORD {
        return false;
    }
    let is_known = |text: &str| WORDS.split(' ').any(|word| word == text);
    let cuts = text.char_indices().map(|(at, _)| text.split_at(at));
    is_known(text) || cuts.skip(3).any(|(one, two)| is_known(one) && is_known(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first() {
        let common = [
            "password",
            "Password1",
            "P@ssw0rd!",
            "passwort123",
            "password123456789",
            "12345678",
            "0987654321",
            "qwertyuiop",
            "qwertz123",
            "1qaz2wsx",
            "zaq12wsx",
            "1q2w3e4r",
            "asdf1234",
            "abc123xyz",
            "11223344",
            "12121212",
            "abcdabcd",
            "aaabbbccc",
            "19900131",
            "31121999",
            "summer2026!",
            "Willkommen1",
            "iloveyou2",
            "adminadmin",
            "letmein!!",
            "Michael1985",
            "$ecret123",
            "123football",
        ];
        for password in common {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn what_is_no_worse_for_a_word_in_it() {
        for password in [
            "correct horse battery",
            "another good password",
            "football19283746",
            "my dragon eats pie",
            "Xk9-vQ2m",
            "kelvinator",
            "19901399",
            "99999912x",
            "password of the mountain",
            "كلمة المرور هنا",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }

    /// Anybody can have it asked, as often as a page may be sent.
    #[test]
    fn what_is_long_is_no_more_work() {
        let letters: String = ('a'..='z').cycle().step_by(7).take(4096).collect();
        let begun = crate::base::time::Stopwatch::start();
        for _ in 0..10 {
            assert!(!is_common(&letters));
        }
        let took = begun.elapsed();
        assert!(took < std::time::Duration::from_millis(50), "{took:?}");
    }

    #[test]
    fn the_words_can_be_matched() {
        let words: Vec<&str> = WORDS.split(' ').collect();
        assert!(words.len() > 300);
        assert_eq!(words.iter().map(|word| word.len()).max(), Some(LONGEST_WORD));
        for word in &words {
            assert!(word.chars().count() >= 3 && word.chars().all(char::is_alphabetic), "{word:?}");
            assert_eq!(word.to_lowercase(), *word);
        }
        assert!(words.is_sorted_by(|a, b| a < b), "in order, and none twice");
    }
}
