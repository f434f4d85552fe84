//! Finding by role and accessible name, as a person with a screen reader does.
//!
//! Covers the roles that the app uses; names come from `aria-label`, `aria-labelledby`, a `<label>`, or the text.

/// Arguments: role, name. Answers the first visible element whose name is that, else one whose name begins so.
pub(super) const BY_ROLE: &str = r#"
const [role, wanted] = arguments;
const implied = { button: 'button', heading: 'h1,h2,h3', textbox: 'input:not([type]),input[type=text],input[type=password]',
  searchbox: 'input[type=search]', radio: 'input[type=radio]', checkbox: 'input[type=checkbox]', summary: 'summary', navigation: 'nav', row: 'tr', status: 'output', progressbar: 'progress' };
const tidy = text => (text || '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
const byIds = ids => ids.split(' ').map(id => document.getElementById(id)?.textContent || '').join(' ');
const nameOf = e => tidy(e.getAttribute('aria-label')
  || (e.hasAttribute('aria-labelledby') && byIds(e.getAttribute('aria-labelledby')))
  || (e.closest('label') || e.labels?.[0])?.textContent || e.textContent);
const selector = `[role="${role}"]` + (implied[role] ? ',' + implied[role] : '');
// The own box of a radio button or a checkbox may be hidden; what a person sees and clicks is its label.
const shown = e => (e.matches('input[type=radio], input[type=checkbox]') && e.closest('label')) || e;
const visible = e => { const box = shown(e).getBoundingClientRect(); return box.width > 0 && box.height > 0; };
const candidates = [...document.querySelectorAll(selector)].filter(visible);
const found = candidates.find(e => nameOf(e) === wanted) || candidates.find(e => nameOf(e).startsWith(wanted));
return found ? shown(found) : null;
"#;

/// Answers tag or role and name of what has the focus.
pub(super) const FOCUSED: &str = r#"
const e = document.activeElement;
if (!e || e === document.body) return '';
const byIds = ids => ids.split(' ').map(id => document.getElementById(id)?.textContent || '').join(' ');
const name = e.getAttribute('aria-label')
  || (e.hasAttribute('aria-labelledby') && byIds(e.getAttribute('aria-labelledby')))
  || (e.closest('label') || e.labels?.[0])?.textContent || e.textContent || '';
const role = e.getAttribute('role') || (e.matches('input[type=radio]') ? 'radio' : e.tagName.toLowerCase());
return role + ' ' + name.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
"#;
