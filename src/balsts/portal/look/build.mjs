// Writes ../static/portal: one style sheet and the font. Run by `npm ci && npm run build` in this folder.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const OUT = "../static/portal";
const FONT = "node_modules/@fontsource-variable/source-sans-3";
// What the result is made of: a test compares their hash with the one in the style sheet's heading.
const SOURCES = ["balsts.css", "build.mjs", "govuk.scss", "package-lock.json", "package.json"];

// Each colour of GOV.UK Frontend by the kind of property it stands in, and the token that takes its place.
const TEXT = { "#0b0c0c": "text", "rgba(11, 12, 12, 0.99)": "text", "#ffffff": "on-brand", "#1d70b8": "link",
  "rgba(255, 255, 255, 0.99)": "on-brand", "#003078": "link-hover", "#4c2c92": "visited", "#505a5f": "muted",
  "#d4351c": "error", "rgb(58.1960784314%, 14.5490196078%, 7.6862745098%)": "error", "#00703c": "brand" };
const OTHER = { "#0b0c0c": "text", "#ffffff": "surface", "#1d70b8": "brand", "#505a5f": "muted", "#b1b4b6": "line",
  "#d4351c": "error", "#f3f2f1": "panel", "#ffdd00": "focus", "#00703c": "button",
  "rgb(0%, 17.568627451%, 9.4117647059%)": "button-edge", "rgb(0%, 35.137254902%, 18.8235294118%)": "button-hover",
  "rgb(57.1764705882%, 56.9411764706%, 56.7058823529%)": "line",
  "rgb(85.7647058824%, 85.4117647059%, 85.0588235294%)": "line" };

function withTokens(css) {
  return css.replace(/\{[^{}]*\}/g, (block) => {
    // Text on the yellow of a focused link is dark, by day and by night.
    const onFocus = /background-color: #ffdd00/.test(block);
    return block.replace(/^(\s*)([\w-]+): ([^;]*);/gm, (line, space, property, value) => {
      if (onFocus && property !== "background-color") return line;
      const tokens = property === "color" ? TEXT : OTHER;
      const put = value.replace(/#[0-9a-f]{6}\b|rgba?\([^)]*\)/g, (one) => tokens[one] ? `var(--${tokens[one]})` : one);
      return `${space}${property}: ${put};`;
    });
  });
}

const hash = createHash("sha256");
for (const name of SOURCES) hash.update(readFileSync(name));
const quiet = ["import", "global-builtin", "if-function", "color-functions", "slash-div", "abs-percent"];
const govuk = compile("govuk.scss", { silenceDeprecations: quiet, quietDeps: true }).css.replace(/^@charset.*\n/, "");
const heading = `/* Made by src/balsts/portal/look/build.mjs; sources sha256 ${hash.digest("hex")}
   GOV.UK Frontend 5.8.0, Crown copyright, MIT: govuk-frontend.LICENSE.txt. Source Sans 3, OFL 1.1: source-sans.LICENSE.txt. */`;
mkdirSync(`${OUT}/fonts`, { recursive: true });
writeFileSync(`${OUT}/balsts.css`, `@charset "UTF-8";\n${heading}\n${withTokens(govuk)}\n${readFileSync("balsts.css", "utf8")}`);
for (const part of ["latin", "latin-ext"]) {
  const name = `source-sans-3-${part}-wght-normal.woff2`;
  copyFileSync(`${FONT}/files/${name}`, `${OUT}/fonts/${name}`);
}
copyFileSync(`${FONT}/LICENSE`, `${OUT}/source-sans.LICENSE.txt`);
