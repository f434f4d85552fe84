//! AWS files as people write them, and as nobody should: the same ones each time.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::Quirk;

/// What is in each value that is compared.
pub(super) const KEYS: [(&str, &[&str]); 9] = [
    ("region", &["eu-west-1", "us-east-1", "garage", "", "\"eu-west-1\"", "eu#west", "eu;west"]),
    ("role_arn", &["arn:aws:iam::444455556666:role/a/B", "Uploader", "arn:aws:iam::1:role/x=y"]),
    ("source_profile", &["dev", "Dev", "default", "nowhere", "my team"]),
    ("sso_session", &["acme", "old", "nowhere"]),
    ("sso_start_url", &["https://acme.awsapps.com/start", "https://acme.awsapps.com/start#/"]),
    ("mfa_serial", &["arn:aws:iam::111122223333:mfa/ada", "GAHT12345678", ""]),
    ("external_id", &["a b", "x=1,y:2", "100%", "%(region)s", "ü新"]),
    ("credential_process", &["/opt/bin/tool --for \"Ada L\" --x=1", "C:\\tool.exe -p", "tool;x"]),
    ("endpoint_url", &["https://s3.acme.test:9000/base", "http://[::1]:9000"]),
];

const OTHERS: [(&str, &[&str]); 5] = [
    ("output", &["json", ""]),
    ("aws_access_key_id", &["AKIAIOSFODNN7EXAMPLE"]),
    ("aws_secret_access_key", &["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]),
    ("duration_seconds", &["3600"]),
    ("cli_pager", &["", "less -R"]),
];

const NAMES: [&str; 16] = [
    "default",
    "dev",
    "Dev",
    "prod.eu",
    "a/b",
    "x:y",
    "ada@example.com",
    "50%",
    "under_score",
    "12345",
    "-",
    "+x",
    "ümlaut",
    "新",
    "my team",
    "a,b",
];

/// Two files, what is odd about them, and about which profiles.
#[derive(Debug, Default)]
pub(super) struct Case {
    pub(super) config: String,
    pub(super) credentials: String,
    pub(super) quirks: Vec<(Quirk, String)>,
}

pub(super) struct Generator(TestRng);

impl Generator {
    pub(super) fn new() -> Self {
        Self(TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    }

    pub(super) fn case(&mut self) -> Case {
        let mut case = Case::default();
        let config = self.file(&mut case, false);
        let credentials = self.file(&mut case, true);
        // Half a file has the line ends of Windows.
        let ends = |text: String, is_dos: bool| if is_dos { text.replace('\n', "\r\n") } else { text };
        case.config = ends(config, self.one_in(6));
        case.credentials = ends(credentials, self.one_in(6));
        case
    }

    fn file(&mut self, case: &mut Case, is_credentials: bool) -> String {
        let mut text = String::new();
        let mut names = self.some(&NAMES, if is_credentials { 4 } else { 7 });
        if self.one_in(25) && !names.is_empty() {
            case.quirks.push((Quirk::SectionTwice, names[0].to_owned()));
            names.push(names[0]);
        }
        for name in names {
            self.noise(&mut text);
            let heading = self.heading(case, name, is_credentials);
            text.push_str(&heading);
            text.push('\n');
            self.section(case, name, &mut text);
        }
        if !is_credentials {
            self.sections_of_others(&mut text);
            if self.one_in(15) && !text.contains("default") {
                case.quirks.push((Quirk::TwoDefaults, "default".to_owned()));
                text.push_str("[profile default]\nregion = ap-south-1\n[default]\nregion = ap-south-2\n");
            }
        }
        text
    }

    fn heading(&mut self, case: &mut Case, name: &str, is_credentials: bool) -> String {
        let mut odd = |quirk| case.quirks.push((quirk, name.to_owned()));
        let name_in = match (is_credentials, name) {
            (true, _) => name.to_owned(),
            (false, "default") if self.one_in(2) => name.to_owned(),
            (false, _) if self.one_in(12) => {
                odd(Quirk::Quoted);
                format!("profile {}", self.pick(&["\"_\"", "'_'"]).replace('_', name))
            }
            (false, _) => format!("{}{name}", self.pick(&["profile ", "profile  ", "profile\t"])),
        };
        let heading = match self.below(150) {
            0 => {
                odd(Quirk::Padded);
                format!("[ {name_in} ]")
            }
            1 => {
                odd(Quirk::TextBehind);
                format!("[{name_in}] text")
            }
            2 => {
                odd(Quirk::HashInHeading);
                format!("[{name_in}#x]")
            }
            _ => format!("[{name_in}]"),
        };
        heading + self.pick(&["", "", "", " ", "\t# a comment", " ; a comment"])
    }

    fn section(&mut self, case: &mut Case, name: &str, text: &mut String) {
        let mut odd = |quirk| case.quirks.push((quirk, name.to_owned()));
        if self.one_in(150) {
            odd(Quirk::IndentedFirst);
            text.push_str("  region = eu-west-2\n");
            return;
        }
        if self.one_in(150) {
            odd(Quirk::CommentFirst);
            text.push_str("  # region = eu-west-2\n");
        }
        let mut keys = self.some(&KEYS, 5);
        keys.extend(self.some(&OTHERS, 3));
        if self.one_in(150) && !keys.is_empty() {
            odd(Quirk::KeyTwice);
            keys.push(keys[0]);
        }
        for (key, values) in keys {
            self.noise(text);
            let key = if self.one_in(10) { key.to_ascii_uppercase() } else { key.to_owned() };
            let value = self.pick(values);
            let equals = match self.below(400) {
                // With an equals sign behind it, all before that is a name to the SDK.
                0 if !value.contains('=') => {
                    odd(Quirk::Colon);
                    ": "
                }
                1..=120 => "=",
                121..=160 => "\t=  ",
                _ => " = ",
            };
            text.push_str(&format!("{key}{equals}{value}"));
            if self.one_in(12) {
                odd(Quirk::CommentBehind);
                text.push_str(self.pick(&[" # a comment", "\t; a comment", " #"]));
            } else {
                text.push_str(self.pick(&["", "", "", "  ", "\t"]));
            }
            text.push('\n');
            if self.one_in(40) {
                odd(if value.is_empty() { Quirk::CommentFirst } else { Quirk::CommentBelow });
                text.push_str("    # an indented comment\n");
            } else if !value.is_empty() && self.one_in(40) {
                text.push_str("    goes = on\n");
            }
        }
        if self.one_in(4) {
            text.push_str("s3 =\n    addressing_style = path\n    endpoint_url = https://nested.test\n");
        }
    }

    /// Sections that are no profiles.
    fn sections_of_others(&mut self, text: &mut String) {
        for section in self.some(
            &[
                "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region=eu-central-1\n",
                "[sso-session old]\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n",
                "[services minio]\ns3 =\n  endpoint_url = https://minio.test\n",
                "[dev]\nregion = forgot-the-word-profile\n",
                "[preview]\ncloudfront = true\n",
                "[plugins]\n",
            ],
            4,
        ) {
            self.noise(text);
            text.push_str(section);
        }
    }

    fn noise(&mut self, text: &mut String) {
        text.push_str(self.pick(&[
            "",
            "",
            "",
            "",
            "\n",
            "# a comment\n",
            "; a comment = x\n",
            "   \n",
            "#\n\n",
        ]));
    }

    /// Up to `most` of these, none twice.
    fn some<T: Copy>(&mut self, all: &[T], most: usize) -> Vec<T> {
        let mut all = all.to_vec();
        let count = self.below(most + 1);
        (0..count).map(|_| all.swap_remove(self.below(all.len()))).collect()
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % end
    }
}
