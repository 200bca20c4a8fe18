//! What the words around a name say: levels ("district"), prepositions of place, titles of persons, first names.

use counterclaim_text::Level;

/// The level that a word before or after a name asks for.
pub(super) fn level_word(w: &str) -> Option<Level> {
    Some(match w {
        "province" | "provinces" | "region" | "oblast" | "governorate" | "state" | "department" | "vilayat" => {
            Level::Admin1
        }
        "district" | "districts" | "county" | "counties" | "parish" | "agency" | "municipality" => Level::Admin2,
        "city" | "town" | "township" | "village" | "villages" | "hamlet" | "tehsil" | "bazaar" | "settlement"
        | "crossing" | "post" | "checkpost" | "camp" | "suburb" | "base" | "cantonment" => Level::Town,
        "valley" | "river" | "road" | "hill" | "hills" | "mountains" | "range" | "sector" | "sectors" | "area"
        | "border" | "forest" | "park" | "highway" | "ridge" | "pass" | "island" | "islands" | "camps" | "zone"
        | "front" | "lake" | "gulf" | "sea" => Level::Area,
        _ => return None,
    })
}

/// Level words that make a place of an unknown name before them.
pub(super) fn makes_place(w: &str) -> bool {
    matches!(
        w,
        "district"
            | "districts"
            | "county"
            | "parish"
            | "township"
            | "valley"
            | "area"
            | "village"
            | "tehsil"
            | "sector"
            | "province"
            | "hill"
            | "crossing"
            | "road"
    )
}

/// Words after which a capitalised name is likely to be a place.
pub(super) fn spatial(w: &str) -> bool {
    matches!(
        w,
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "of"
            | "around"
            | "outside"
            | "inside"
            | "towards"
            | "into"
            | "between"
            | "and"
            | ","
            | "over"
            | "on"
            | "against"
            | "across"
            | "through"
            | "via"
            | "toward"
            | "throughout"
            | "downtown"
            | "hit"
            | "struck"
            | "("
            | "for"
            | "is"
            | "both"
    )
}

/// Words that link any names: they speak for a place only after another place.
pub(super) fn listing(w: &str) -> bool {
    matches!(w, "and" | "," | "(" | "both" | "for" | "is" | "on" | "against")
}

/// Prepositions that hardly stand before a person.
pub(super) fn strongly_spatial(w: &str) -> bool {
    matches!(
        w,
        "in" | "at"
            | "near"
            | "around"
            | "outside"
            | "inside"
            | "towards"
            | "toward"
            | "into"
            | "across"
            | "throughout"
            | "downtown"
    )
}

/// Words that stand before a person's name.
const TITLES: &[&str] = &[
    "archbishop",
    "attorney",
    "bishop",
    "brig",
    "brother",
    "capt",
    "captain",
    "chairman",
    "chancellor",
    "chief",
    "cllr",
    "coach",
    "col",
    "colonel",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "constable",
    "corporal",
    "councillor",
    "councilman",
    "councilwoman",
    "cpl",
    "dean",
    "democrat",
    "deputy",
    "det",
    "detective",
    "director",
    "dr",
    "father",
    "gen",
    "general",
    "gov",
    "governor",
    "haji",
    "hon",
    "imam",
    "inspector",
    "judge",
    "justice",
    "king",
    "lady",
    "lawyer",
    "lieutenant",
    "lord",
    "lt",
    "maj",
    "major",
    "malik",
    "maulana",
    "mayor",
    "minister",
    "mr",
    "mrs",
    "ms",
    "mufti",
    "mullah",
    "officer",
    "owner",
    "pastor",
    "pope",
    "president",
    "prince",
    "princess",
    "principal",
    "prof",
    "professor",
    "pvt",
    "queen",
    "rabbi",
    "rep",
    "republican",
    "rev",
    "reverend",
    "saint",
    "secretary",
    "sen",
    "senator",
    "sepoy",
    "sergeant",
    "sgt",
    "sheikh",
    "sheriff",
    "sir",
    "sister",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "superintendent",
    "supt",
    "treasurer",
    "trustee",
    "uncle",
];

/// True for a title or calling that a personal name follows; dots do not matter.
pub(super) fn is_title(w: &str) -> bool {
    TITLES.binary_search(&w.trim_end_matches('.')).is_ok()
}

/// First names that are common in English news, where a name of two words is otherwise easily taken for a town.
const FIRST_NAMES: &[&str] = &[
    "aaron",
    "abdul",
    "adam",
    "ahmad",
    "ahmed",
    "alan",
    "albert",
    "alex",
    "alexander",
    "ali",
    "alice",
    "allen",
    "amanda",
    "amy",
    "andrea",
    "andrew",
    "andy",
    "angela",
    "ann",
    "anna",
    "anne",
    "anthony",
    "arthur",
    "ashley",
    "barack",
    "barbara",
    "ben",
    "benjamin",
    "bernard",
    "beth",
    "betty",
    "beverly",
    "bill",
    "billy",
    "bob",
    "bobby",
    "brad",
    "bradley",
    "brandon",
    "brenda",
    "brian",
    "bruce",
    "bryan",
    "carl",
    "carol",
    "carolyn",
    "catherine",
    "charles",
    "charlie",
    "cheryl",
    "chris",
    "christian",
    "christina",
    "christine",
    "christopher",
    "cindy",
    "clarence",
    "connie",
    "craig",
    "curtis",
    "cynthia",
    "dan",
    "daniel",
    "dave",
    "david",
    "dawn",
    "dean",
    "deborah",
    "debra",
    "denise",
    "dennis",
    "diana",
    "diane",
    "don",
    "donald",
    "donna",
    "dorothy",
    "doug",
    "douglas",
    "earl",
    "ed",
    "eddie",
    "edward",
    "elizabeth",
    "emily",
    "emma",
    "eric",
    "ernest",
    "eugene",
    "evelyn",
    "frances",
    "francis",
    "frank",
    "fred",
    "gail",
    "gary",
    "george",
    "gerald",
    "gloria",
    "gordon",
    "greg",
    "gregory",
    "harold",
    "harry",
    "heather",
    "helen",
    "henry",
    "howard",
    "hugh",
    "ian",
    "isaac",
    "ivan",
    "jack",
    "jacob",
    "james",
    "jamie",
    "jane",
    "janet",
    "janice",
    "jason",
    "jay",
    "jean",
    "jeff",
    "jeffrey",
    "jennifer",
    "jeremy",
    "jerry",
    "jesse",
    "jessica",
    "jill",
    "jim",
    "jimmy",
    "joan",
    "joe",
    "joel",
    "john",
    "johnny",
    "jon",
    "jonathan",
    "jose",
    "joseph",
    "josh",
    "joshua",
    "joyce",
    "juan",
    "judith",
    "judy",
    "julia",
    "julie",
    "justin",
    "karen",
    "kate",
    "katherine",
    "kathleen",
    "kathy",
    "keith",
    "kelly",
    "ken",
    "kenneth",
    "kevin",
    "kim",
    "kimberly",
    "kyle",
    "larry",
    "laura",
    "lauren",
    "lawrence",
    "lee",
    "leo",
    "leonard",
    "leslie",
    "linda",
    "lisa",
    "lori",
    "louis",
    "luis",
    "luke",
    "margaret",
    "maria",
    "marie",
    "marilyn",
    "mark",
    "martha",
    "martin",
    "mary",
    "matt",
    "matthew",
    "megan",
    "melissa",
    "michael",
    "michelle",
    "mike",
    "mohamed",
    "mohammad",
    "mohammed",
    "muhammad",
    "nancy",
    "nathan",
    "nicholas",
    "nick",
    "nicole",
    "norman",
    "oliver",
    "pam",
    "pamela",
    "pat",
    "patricia",
    "patrick",
    "paul",
    "paula",
    "peggy",
    "peter",
    "phil",
    "philip",
    "phillip",
    "phyllis",
    "rachel",
    "ralph",
    "randy",
    "ray",
    "raymond",
    "rebecca",
    "richard",
    "rick",
    "rob",
    "robert",
    "robin",
    "rodney",
    "roger",
    "ron",
    "ronald",
    "rose",
    "roy",
    "russell",
    "ruth",
    "ryan",
    "sally",
    "sam",
    "samantha",
    "samuel",
    "sandra",
    "sara",
    "sarah",
    "scott",
    "sean",
    "sharon",
    "shawn",
    "shirley",
    "simon",
    "stanley",
    "stephanie",
    "stephen",
    "steve",
    "steven",
    "sue",
    "susan",
    "tammy",
    "ted",
    "teresa",
    "terry",
    "theresa",
    "thomas",
    "tiffany",
    "tim",
    "timothy",
    "tina",
    "todd",
    "tom",
    "tony",
    "tracy",
    "travis",
    "tyler",
    "vincent",
    "vladimir",
    "walter",
    "wayne",
    "wendy",
    "william",
    "willie",
];

/// True for a common first name, in lower case.
pub(super) fn is_first_name(w: &str) -> bool {
    FIRST_NAMES.binary_search(&w).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_binary_search() {
        assert!(TITLES.is_sorted());
        assert!(FIRST_NAMES.is_sorted());
    }

    #[test]
    fn titles_with_and_without_dots() {
        assert!(is_title("gen.") && is_title("mayor") && !is_title("district"));
    }
}
