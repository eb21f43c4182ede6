// What the check has found, beside the plan; each piece is a link that chooses it.
import { sentence } from "./words.js";

const MOST_LINKS = 12;
const list = document.getElementById("findings");

export function showFindings(findings, pieces) {
  const pages = new Map(pieces.map((piece) => [piece.code, piece.page]));
  if (!findings.length) return list.replaceChildren(none());
  list.replaceChildren(...findings.map((told) => item(told, pages)));
}

function item(told, pages) {
  const [line, body, words] = ["li", "div", "p"].map((name) => document.createElement(name));
  line.className = `finding${told.forbids ? " finding--hard" : ""}`;
  words.textContent = told.sentence;
  body.append(words);
  if (told.codes.length) body.append(links(told, pages));
  line.append(body);
  return line;
}

function links({ codes, names }, pages) {
  const line = document.createElement("p");
  line.className = "finding-pieces";
  codes.slice(0, MOST_LINKS).forEach((code, at) => {
    const link = document.createElement("a");
    Object.assign(link, { href: pages.get(code) ?? "", textContent: names[at] });
    link.dataset.piece = code;
    line.append(at ? " · " : "", link);
  });
  return line;
}

function none() {
  const line = document.createElement("li");
  line.className = "findings-none";
  line.textContent = sentence("NoFinding");
  return line;
}
