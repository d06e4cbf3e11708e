//! Pictures that are sent: of people, and logos. Whatever comes is read within limits, cut or scaled and written anew, so that
//! nothing of the file that was sent goes on: no place where it was taken, no trailer, no second format.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// Bytes of a picture that is sent, at most.
pub const LARGEST: usize = 2 * 1024 * 1024;
/// The side of the square that is kept.
const SIDE: u32 = 256;
/// What may be read: as many dots as cameras make, and not more memory than this at once.
const LONGEST_SIDE: u32 = 8192;
const MOST_DOTS: u64 = 25_000_000;
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
const QUALITY: u8 = 88;
/// What a logo is made to fit into.
const LOGO: (u32, u32) = (320, 96);

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Not one of the formats that are read, or broken.
    Unreadable,
    /// More dots than are read.
    Huge,
}

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portrait {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
}

/// Reads PNG, JPEG, WebP or the first frame of a GIF, told by what they hold, not by what they are called. Takes up to
/// some seconds of a processor, so it is for a thread of its own.
pub fn portrait(file: &[u8]) -> Result<Portrait, Wrong> {
    let picture = square(&read(file)?).resize_exact(SIDE, SIDE, FilterType::Triangle);
    let mut bytes = Vec::new();
    let (written, content_type) = match picture.color().has_alpha() {
        true => (
            DynamicImage::ImageRgba8(picture.into_rgba8()).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png),
            "image/png",
        ),
        false => {
            (picture.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)), "image/jpeg")
        }
    };
    written.map_err(|_| Wrong::Unreadable)?;
    Ok(Portrait { bytes, content_type })
}

/// Reads the same for the head of the pages: all of it, a PNG that is not larger than it has to be.
pub fn logo(file: &[u8]) -> Result<Vec<u8>, Wrong> {
    let (width, height) = LOGO;
    let picture = read(file)?;
    let picture = match picture.width() > width || picture.height() > height {
        true => picture.resize(width, height, FilterType::Triangle),
        false => picture,
    };
    let mut bytes = Vec::new();
    let written =
        DynamicImage::ImageRgba8(picture.into_rgba8()).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png);
    written.map(|()| bytes).map_err(|_| Wrong::Unreadable)
}

/// The middle of a picture. Cut before it is scaled: a strip of one dot by thousands would first become a strip of
/// hundreds by millions.
fn square(picture: &DynamicImage) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let side = width.min(height);
    picture.crop_imm((width - side) / 2, (height - side) / 2, side, side)
}

fn read(file: &[u8]) -> Result<DynamicImage, Wrong> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Wrong::Unreadable)?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif];
    if !reader.format().is_some_and(|format| known.contains(&format)) {
        return Err(Wrong::Unreadable);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| wrong(&error))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(Wrong::Huge);
    }
    // cameras write how they were held instead of turning the picture
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| wrong(&error))?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn wrong(error: &image::ImageError) -> Wrong {
    match error {
        image::ImageError::Limits(_) => Wrong::Huge,
        _ => Wrong::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = DynamicImage::new_rgb8(width, height);
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_format_becomes_a_square() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
            let made = portrait(&file(40, 10, format)).unwrap();
            let read = image::load_from_memory(&made.bytes).unwrap();
            assert_eq!((read.width(), read.height()), (SIDE, SIDE), "{format:?}");
        }
        let clear = DynamicImage::new_rgba8(3, 3);
        let mut bytes = Cursor::new(Vec::new());
        clear.write_to(&mut bytes, ImageFormat::Png).unwrap();
        assert_eq!(portrait(bytes.get_ref()).unwrap().content_type, "image/png", "what is clear stays so");
    }

    #[test]
    fn a_strip_takes_no_more_than_any_other() {
        for (width, height) in [(8192, 1), (1, 8192), (8192, 3)] {
            let strip = DynamicImage::new_rgba16(width, height);
            let mut bytes = Cursor::new(Vec::new());
            strip.write_to(&mut bytes, ImageFormat::Png).unwrap();
            let begun = crate::base::time::Stopwatch::start();
            let made = portrait(bytes.get_ref()).unwrap();
            let took = begun.elapsed();
            assert!(took < std::time::Duration::from_secs(1), "{width} by {height}: {took:?}");
            let read = image::load_from_memory(&made.bytes).unwrap();
            assert_eq!((read.width(), read.height()), (SIDE, SIDE));
        }
    }

    #[test]
    fn a_logo_keeps_its_shape_and_fits() {
        for (from, to) in [((640, 96), (320, 48)), ((96, 960), (10, 96)), ((20, 10), (20, 10)), ((8192, 1), (320, 1))] {
            let made = logo(&file(from.0, from.1, ImageFormat::Jpeg)).unwrap();
            let read = image::load_from_memory_with_format(&made, ImageFormat::Png).unwrap();
            assert_eq!((read.width(), read.height()), to, "{from:?}");
        }
        assert_eq!(logo(b"<svg/>"), Err(Wrong::Unreadable));
    }

    #[test]
    fn it_is_the_middle_that_is_kept() {
        let strip =
            image::RgbImage::from_fn(30, 10, |x, _| image::Rgb([if (10..20).contains(&x) { 255 } else { 0 }; 3]));
        let middle = square(&DynamicImage::ImageRgb8(strip)).into_rgb8();
        assert_eq!((middle.width(), middle.height()), (10, 10));
        assert!(middle.pixels().all(|dot| dot.0 == [255; 3]));
    }

    #[test]
    fn nothing_of_the_file_goes_on() {
        let mut sent = file(8, 8, ImageFormat::Jpeg);
        sent.extend_from_slice(b"<script>alert(1)</script>");
        let made = portrait(&sent).unwrap();
        assert!(!made.bytes.windows(7).any(|word| word == b"<script"));
    }

    #[test]
    fn what_is_no_picture_or_too_much_of_one_is_refused() {
        assert_eq!(portrait(b""), Err(Wrong::Unreadable));
        assert_eq!(portrait(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(Wrong::Unreadable));
        let whole = file(64, 64, ImageFormat::Png);
        assert_eq!(portrait(&whole[..whole.len() / 2]), Err(Wrong::Unreadable));
        // a head that promises more than anybody should unpack
        let mut bomb = file(1, 1, ImageFormat::Gif);
        bomb[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert_eq!(portrait(&bomb), Err(Wrong::Huge));
    }
}
