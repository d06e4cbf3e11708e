//! Points on the globe.

/// A point, in ten-thousandths of a degree: about eleven metres, which is more than any address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub latitude: i32,
    pub longitude: i32,
}

const PARTS: f64 = 10_000.0;
/// Mean radius of the earth, in km.
const RADIUS: f64 = 6371.0;

impl Spot {
    /// From degrees; None when there is no such point.
    pub fn at(latitude: f64, longitude: f64) -> Option<Self> {
        let good = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        good.then(|| Self { latitude: parts(latitude), longitude: parts(longitude) })
    }

    /// The way over the ground, in km (haversine formula).
    pub fn distance(self, other: Self) -> f64 {
        let radians = |parts: i32| (f64::from(parts) / PARTS).to_radians();
        let (from, to) = (radians(self.latitude), radians(other.latitude));
        let (north, east) = ((to - from) / 2.0, radians(other.longitude - self.longitude) / 2.0);
        let part = north.sin().powi(2) + from.cos() * to.cos() * east.sin().powi(2);
        2.0 * RADIUS * part.min(1.0).sqrt().asin()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees")]
fn parts(degrees: f64) -> i32 {
    (degrees * PARTS).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let (berlin, sydney) = (Spot::at(52.52, 13.405).unwrap(), Spot::at(-33.8688, 151.2093).unwrap());
        for (from, to, km) in [
            (berlin, sydney, 16_090.0),
            (berlin, Spot::at(48.1374, 11.5755).unwrap(), 504.0),
            (berlin, berlin, 0.0),
            (Spot::at(0.0, 179.9).unwrap(), Spot::at(0.0, -179.9).unwrap(), 22.0),
            (Spot::at(90.0, 0.0).unwrap(), Spot::at(-90.0, 0.0).unwrap(), 20_015.0),
        ] {
            assert!((from.distance(to) - km).abs() < 5.0, "{}", from.distance(to));
            assert!((from.distance(to) - to.distance(from)).abs() < 0.001);
        }
    }

    #[test]
    fn no_such_point() {
        for (latitude, longitude) in [(90.1, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Spot::at(latitude, longitude), None);
        }
    }
}
