// Cuts govuk-frontend's stylesheet down to the parts Huiyin uses. See README.md in this folder.
import fs from "node:fs";
import postcss from "postcss";

const [source, target] = process.argv.slice(2);
const KEPT = [
  "back-link", "button", "checkboxes", "error-message",
  "error-summary", "fieldset", "file-upload", "form-group", "hint", "input", "label", "radios", "select",
  "skip-link", "textarea", "visually-hidden",
];
// Huiyin sets type once, in huiyin.css; the face govuk-frontend names is licensed for gov.uk alone.
const TYPE = /^(font-family|font-size|line-height|-webkit-font-smoothing|-moz-osx-font-smoothing)$/;

// Sizes follow the reader's text size; hairlines stay hairlines.
const toRem = (value) =>
  value.replace(/(-?\d*\.?\d+)px/g, (size, number) => (Math.abs(number) < 5 ? size : `${number / 16}rem`));

const isKept = (selector) => {
  if (/:root/.test(selector)) return true;
  if (/frontend-supported|drop-zone|govuk-link-image/.test(selector)) return false;
  const names = [...selector.matchAll(/\.govuk-([a-z]+(?:-[a-z]+)*)/g)].map((match) => match[1]);
  return names.length > 0 && names.every((name) => KEPT.includes(name));
};

const sheet = postcss.parse(fs.readFileSync(source, "utf8"));
sheet.walkAtRules(/^(font-face|charset)$/, (rule) => rule.remove());
sheet.walkComments((comment) => comment.remove());
sheet.walkRules((rule) => {
  if (rule.parent.name === "keyframes") return;
  rule.selectors = rule.selectors.filter(isKept);
  if (rule.selector === "") rule.remove();
});
sheet.walkDecls((declaration) => {
  const inRoot = declaration.parent.selector === ":root";
  const isVersion = /breakpoint|version/.test(declaration.prop);
  if (TYPE.test(declaration.prop) || (inRoot && isVersion)) declaration.remove();
  // A fallback colour is dead weight once the token is always set.
  else declaration.value = toRem(declaration.value).replace(/var\((--govuk-[a-z-]+),[^)]*\)/g, "var($1)");
});
const dropEmpty = () => {
  let dropped = 0;
  sheet.walk((node) => {
    if (node.nodes && node.nodes.length === 0) { node.remove(); dropped += 1; }
  });
  if (dropped > 0) dropEmpty();
};
dropEmpty();
const notice = "/* govuk-frontend 6.6.0, MIT licence, Copyright (c) 2017 Crown Copyright (Government Digital Service); cut down, type removed */\n";
fs.writeFileSync(target, notice + sheet.toString() + "\n");
