//! The title of an official document broken over lines (GB/T 9704, 7.3.1).

mod gaps;
mod lexicon;
mod shape;
#[cfg(test)]
mod tests;
mod width;
mod words;

use unicode_segmentation::UnicodeSegmentation;

pub use width::{Width, title_advance};
pub use words::dictionary_words;
use words::{Dictionary, Segment};

/// Breaks a title over lines: words, names, numbers and what stands in 《》 whole, as few lines as
/// that allows, in the shape of a trapezoid or a diamond.
///
/// A line break in `title` is the author's and stays; a line of the author's is broken further
/// only where it is wider than `width`. `names` are proper names that stay whole (organs, units,
/// districts). The lines joined are the title without its line breaks and the blanks around them;
/// a blank inside stays at the end of its line.
///
/// The result depends on the arguments alone and is the same on every machine, so a caller may
/// cache it by them. The first title that does not fit on one line loads a dictionary (50 ms, 12
/// MB), kept from then on; each title takes less than a millisecond. These are figures of an
/// optimised build; docs/titles.md has those of a debug build, the rules with their order, and
/// the figures behind the choice of the dictionary.
pub fn break_title(title: &str, names: &[&str], width: Width<'_>) -> Vec<String> {
    break_with(title, names, width, &Dictionary)
}

fn break_with(
    title: &str,
    names: &[&str],
    width: Width<'_>,
    segmenter: &dyn Segment,
) -> Vec<String> {
    title
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .flat_map(|line| break_line(line, names, width, segmenter))
        .collect()
}

fn break_line(
    line: &str,
    names: &[&str],
    width: Width<'_>,
    segmenter: &dyn Segment,
) -> Vec<String> {
    let clusters: Vec<&str> = line.graphemes(true).collect();
    let widths: Vec<f64> = clusters.iter().map(|cluster| width.of(cluster)).collect();
    if widths.iter().sum::<f64>() <= width.line() {
        return vec![line.to_string()];
    }
    let fits = |start: usize, end: usize| widths[start..end].iter().sum::<f64>() <= width.line();
    let words = words::words(&clusters, names, segmenter);
    let gaps = gaps::gaps(&clusters, &words, names, segmenter, &fits);
    let blanks: Vec<bool> =
        clusters.iter().map(|cluster| cluster.chars().all(char::is_whitespace)).collect();
    let measured =
        shape::Measured { widths: &widths, blanks: &blanks, gaps: &gaps, line: width.line() };
    let mut start = 0;
    let mut lines = Vec::new();
    for end in measured.breaks() {
        lines.push(clusters[start..end].concat());
        start = end;
    }
    lines
}
