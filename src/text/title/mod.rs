//! The title of an official document broken over lines (GB/T 9704, 7.3.1).

mod gaps;
mod lexicon;
mod shape;
#[cfg(test)]
mod tests;
mod width;
mod words;

use unicode_segmentation::UnicodeSegmentation;

pub use width::{Width, advance};
use words::{Dictionary, Segment};

/// Breaks a title over as few lines as it needs.
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
    let words = words::words(&clusters, names, segmenter);
    let fits = |start: usize, end: usize| widths[start..end].iter().sum::<f64>() <= width.line();
    let gaps = gaps::gaps(&clusters, &words, names, &fits);
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
