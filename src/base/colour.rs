//! Colours of the pages: whether one can be read on another (WCAG 2.2 §1.4.3), and the shades that go with one.

/// What text needs against its ground.
pub const READABLE: f64 = 4.5;

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

const WHITE: Colour = Colour([255; 3]);
const BLACK: Colour = Colour([0; 3]);
/// The darkest ground of light pages that links stand on, and the lightest of dark ones, as in the style sheets.
const LIGHT_GROUND: Colour = Colour([0xf3, 0xf1, 0xea]);
const DARK_GROUND: Colour = Colour([0x21, 0x26, 0x25]);

/// The colours that pages of one kind derive from the accent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    pub accent: Colour,
    pub strong: Colour,
    pub soft: Colour,
    /// What is written on the accent.
    pub on: Colour,
}

impl Colour {
    /// `#0b6b5d`, in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The ratio of contrast, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// How well it can be read as text on the pages, as they are without a wish for dark ones.
    pub fn on_pages(self) -> f64 {
        self.contrast(LIGHT_GROUND)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// With so many hundredths of another in it.
    fn mixed(self, other: Self, share: u16) -> Self {
        let mut parts = self.0;
        for (part, of) in parts.iter_mut().zip(other.0) {
            let sum = u16::from(*part) * (100 - share.min(100)) + u16::from(of) * share.min(100);
            *part = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(parts)
    }

    /// Taken towards another until it has this contrast to a ground, from a share on.
    fn towards(self, other: Self, least: u16, (ground, contrast): (Self, f64)) -> Self {
        let shares = (least..=100).step_by(2);
        shares.map(|share| self.mixed(other, share)).find(|made| made.contrast(ground) >= contrast).unwrap_or(other)
    }

    /// For light pages. The accent itself has to be readable on them.
    pub fn light(self) -> Shades {
        let soft = self.mixed(WHITE, 89);
        Shades { accent: self, strong: self.towards(BLACK, 26, (soft, READABLE)), soft, on: WHITE }
    }

    /// For dark pages: the same colour, as light as it has to be there.
    pub fn dark(self) -> Shades {
        let accent = self.towards(WHITE, 30, (DARK_GROUND, 7.0));
        let soft = accent.mixed(DARK_GROUND, 84);
        let strong = accent.towards(WHITE, 30, (soft, READABLE));
        Shades { accent, strong, soft, on: accent.towards(BLACK, 80, (accent, READABLE)) }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(Colour::parse("#0b6b5d").unwrap().to_string(), "#0b6b5d");
        for bad in ["", "0b6b5d", "#0B6B5D", "#0b6b5", "#0b6b5d0", "#0b6b5g", "red", "#+1+1+1", "#äöü"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 0.001);
        // the lightest grey that can be read on white
        assert!(Colour([0x76; 3]).contrast(WHITE) >= READABLE);
        assert!(Colour([0x77; 3]).contrast(WHITE) < READABLE);
    }

    #[test]
    fn whatever_accent_is_taken_everything_can_be_read() {
        let steps = || (0..=255_u8).step_by(17);
        let mut taken = 0;
        for parts in steps().flat_map(|red| steps().flat_map(move |green| steps().map(move |blue| [red, green, blue])))
        {
            let accent = Colour(parts);
            if accent.on_pages() < READABLE {
                continue;
            }
            taken += 1;
            for (shades, ground) in [(accent.light(), LIGHT_GROUND), (accent.dark(), DARK_GROUND)] {
                let Shades { accent, strong, soft, on } = shades;
                for (text, under) in [(accent, ground), (strong, ground), (strong, soft), (on, accent), (on, strong)] {
                    let contrast = text.contrast(under);
                    assert!(contrast >= READABLE, "{parts:?}: {text} on {under}: {contrast}");
                }
            }
        }
        assert!(taken > 500, "{taken}");
    }
}
