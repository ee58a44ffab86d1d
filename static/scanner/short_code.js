// The pass id for humans: Crockford's base32 with a check symbol, as eventsys/passes/rules/short_code.py writes it.

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_SYMBOLS = `${SYMBOLS}*~$=U`;
const DIGITS = 13;
const LARGEST = 0xffff_ffff_ffff_ffffn;
const LEFT_OUT = /[\s\-\u2010-\u2014\u2212_.]/g;
const ALIKE = { O: "0", I: "1", L: "1" };

/** The short code of a pass id of 16 hexadecimal digits, in groups of four. */
export function toShortCode(passId) {
  const number = BigInt(`0x${passId}`);
  let symbols = CHECK_SYMBOLS[Number(number % 37n)];
  for (let place = 0n; place < DIGITS; place += 1n) symbols = SYMBOLS[Number((number >> (5n * place)) & 31n)] + symbols;
  return symbols.match(/.{1,4}/g).join("-");
}

/** `{passId}` of a typed short code, or `{refusal}` with the server's code for what is wrong with it. */
export function fromShortCode(text) {
  const symbols = text
    .replace(LEFT_OUT, "")
    .toUpperCase()
    .replace(/[OIL]/g, (symbol) => ALIKE[symbol]);
  if (symbols.length !== DIGITS + 1) return { refusal: "short_code_length" };
  let number = 0n;
  for (const symbol of symbols.slice(0, DIGITS)) {
    const value = SYMBOLS.indexOf(symbol);
    if (value < 0) return { refusal: "short_code_symbol" };
    number = (number << 5n) | BigInt(value);
  }
  const check = CHECK_SYMBOLS.indexOf(symbols[DIGITS]);
  if (check < 0) return { refusal: "short_code_symbol" };
  if (number === 0n || number > LARGEST) return { refusal: "short_code_range" };
  if (number % 37n !== BigInt(check)) return { refusal: "short_code_check" };
  return { passId: number.toString(16).padStart(16, "0") };
}
