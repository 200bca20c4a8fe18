//! Other names of divisions: "Kanawha County" is also "Kanawha" and "Kanawha Co.".

/// Words that say what sort of division a name means, before or after the name proper.
const SORTS: &[&str] = &[
    "County",
    "Parish",
    "Borough",
    "Census Area",
    "City and Borough",
    "District",
    "Province",
    "Region",
    "Department",
    "Oblast",
    "Krai",
    "Raion",
    "Governorate",
    "Prefecture",
    "Municipality",
    "Regency",
    "Division",
    "Canton",
    "State",
];

/// The names under which reports may speak of a division, its own first.
///
/// # Example
/// ```
/// use counterclaim_lexicon::division_names;
/// assert_eq!(division_names("Kanawha County"), ["Kanawha County", "Kanawha", "Kanawha Co."]);
/// assert_eq!(division_names("County Cavan"), ["County Cavan", "Cavan", "Co. Cavan"]);
/// assert_eq!(division_names("Bavaria"), ["Bavaria"]);
/// ```
pub fn division_names(name: &str) -> Vec<String> {
    let mut out = vec![name.to_owned()];
    for sort in SORTS {
        let county = *sort == "County";
        if let Some(rest) = name.strip_suffix(sort).and_then(|r| r.strip_suffix(' ')) {
            out.push(rest.to_owned());
            if county {
                out.push(format!("{rest} Co."));
            }
            break;
        }
        if let Some(rest) = name.strip_prefix(sort).and_then(|r| r.strip_prefix(' ')) {
            out.push(rest.strip_prefix("of ").unwrap_or(rest).to_owned());
            if county {
                out.push(format!("Co. {rest}"));
            }
            break;
        }
    }
    out
}
