import { plain, secretWords, type SecretKind } from "./secret-words.ts";

/** Words that ask for something to be written, in the languages of words.json. */
const asking = [
  "eingeben|geben sie|angeben|bitte",
  "saisi|entrez|indiquez|fournissez|renseignez|veuillez",
  "introduce|introduzca|ingrese|ingresa|escriba|escribe|proporcione|indique",
  "digite|insira|informe|introduza|forneca",
  "inserisci|inserire|inserisca|digita|fornisci|fornire",
  "voer|vul|geef|indtast|angiv|skriv|ange|syota",
  "wpisz|podaj|wprowadz|zadejte|adja meg|introduceti",
  "введите|укажите|введи|сообщите|напишите|εισάγετε",
  "girin|yazin|أدخل|הזן|दर्ज|nhập|กรอก|masukkan",
  "输入|輸入|填写|填寫|提供|入力|記入|教えて|입력|알려",
];

let made: RegExp | undefined;

function asks(sentence: string): boolean {
  made ??= new RegExp(asking.map(plain).join("|"));
  return made.test(sentence);
}

const negated =
  /\b(?:nie|niemals|nicht|kein|keine|jamais|ne|nunca|no|nao|mai|non|nooit|niet|geen|nigdy|asla)\b|никогда|не |请勿|不要|切勿|勿|しないで|しません|마세요|않습니다/;

/** What else is called by the name of a secret: its length, rules, manager. */
const otherThings =
  /\b(?:politi(?:que|ca)|longueur|longitud|lunghezza|comprimento|duree|durata|duracion|regle|regla|regra|regola|gestionnaire|gestor|gerenciador|nom|nombre|nome|lange|dlugosc|polityka)\b|длин[аы]|политик[аи]/;
const afterwards =
  /^(?:策略|长度|長度|规则|規則|强度|管理|提示|有效期|ポリシー|の長さ|の管理|の強度| ?정책| ?길이| ?관리| ?규칙|manager)/;

/** The kind of secret that a label, or a text that asks for something, names in a language other than English. */
export function foreignSecret(text: string, isLabel: boolean): SecretKind | undefined {
  const { english, others } = secretWords();
  // Of labels that hold a loan word, the English rules have already judged.
  const isLoan = (loan: string): boolean => english.some(({ word }) => word === loan);
  for (const sentence of plain(text).split(/[.!?\n;。！？]/)) {
    if (otherThings.test(sentence) || negated.test(sentence) || (!isLabel && !asks(sentence))) continue;
    const found = others.find(({ word }) => holds(sentence, word) && !(isLabel && isLoan(word)));
    if (found !== undefined && (!isLabel || sentence.length <= 60)) return found.kind;
  }
  return undefined;
}

/** As a word of its own; scripts without spaces have no such thing. */
function holds(sentence: string, word: string): boolean {
  const at = sentence.indexOf(word);
  if (at < 0 || afterwards.test(sentence.slice(at + word.length))) return false;
  if (/[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7a3]/.test(word)) return true;
  const [before, after] = [sentence.charAt(at - 1), sentence.charAt(at + word.length)];
  return !/[\p{L}\p{N}-]/u.test(before) && !/[\p{L}\p{N}-]/u.test(after);
}
