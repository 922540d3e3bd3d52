// Lint one file with Harper's JavaScript build and print the number of lints.
import { readFileSync } from "node:fs";
import { LocalLinter } from "harper.js";
import { binary } from "harper.js/binary";

const linter = new LocalLinter({ binary });
const lints = await linter.lint(readFileSync(process.argv[2], "utf8"));
console.log(lints.length);
