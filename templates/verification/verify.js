// 核验码 verified without any server: the same answers as conversion/documents/verification.py.
// Both are held to tests/documents/vectors/verification.json.
"use strict";

const Verifier = (() => {
  const PREFIX = "HJ1:";
  const CONTEXT = "conversion page code\n";
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const CLOCKS_DIFFER = 10 * 60 * 1000;
  const utf8 = new TextEncoder();
  const strict = new TextDecoder("utf-8", { fatal: true });

  class Refused extends Error {}
  const refuse = (reason) => { throw new Refused(reason); };

  // --- bytes ------------------------------------------------------------------------------------

  const join = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

  function base64(text) {
    try {
      return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    } catch {
      return refuse("misshapen");
    }
  }

  // RFC 9285: three signs are two bytes, two are one.
  function base45(text) {
    const bytes = [];
    for (let at = 0; at < text.length; at += 3) {
      const values = [...text.slice(at, at + 3)].map((sign) => ALPHABET.indexOf(sign));
      const value = values.reduceRight((sum, digit) => sum * 45 + digit, 0);
      if (values.length < 2 || values.includes(-1) || value >= 256 ** (values.length - 1)) refuse("misread");
      bytes.push(...(values.length === 3 ? [value >> 8, value & 255] : [value]));
    }
    return new Uint8Array(bytes);
  }

  // The part of deterministic CBOR (RFC 8949 §4.2) that a claim uses: numbers, bytes, text, an array.
  function cbor(bytes) {
    let at = 0;
    const take = (count) => {
      if (at + count > bytes.length) refuse("misshapen");
      return bytes.subarray(at, (at += count));
    };
    const number = (info) => {
      if (info < 24) return info;
      const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[info] ?? refuse("misshapen");
      const value = take(size).reduce((sum, byte) => sum * 256 + byte, 0);
      const least = size === 1 ? 24 : 256 ** (size / 2);
      return value >= least && Number.isSafeInteger(value) ? value : refuse("misshapen");
    };
    const item = () => {
      const [first] = take(1);
      const length = number(first & 31);
      switch (first >> 5) {
        case 0: return length;
        case 2: return take(length);
        case 3: return strict.decode(take(length));
        case 4: return Array.from({ length: Math.min(length, 99) }, item);
        default: return refuse("misshapen");
      }
    };
    const value = item();
    return at === bytes.length ? value : refuse("misshapen");
  }

  // --- codes ------------------------------------------------------------------------------------

  const DAY = /^(\d{4})(\d\d)(\d\d)$/;
  const SHAPE = ["string", "string", "number", "string", "string", "bytes", "string", "number", "bytes", "number", "number"];
  const shapeOf = (value) => (value instanceof Uint8Array ? "bytes" : typeof value);

  function readCode(text) {
    const scanned = text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, "");
    if (!scanned.startsWith(PREFIX)) refuse("not_a_code");
    const data = base45(scanned.slice(PREFIX.length));
    if (data.length <= 69 || data[0] !== 1) refuse("misread");
    const body = data.subarray(0, -64);
    let fields;
    try {
      fields = cbor(body.subarray(5));
    } catch {
      refuse("misshapen");
    }
    if (!Array.isArray(fields) || fields.map(shapeOf).join() !== SHAPE.join()) refuse("misshapen");
    const [title, number, day, holder, gist, facts, log, size, root, page, pages] = fields;
    if (!DAY.test(day)) refuse("misshapen");
    const claim = {
      title, number, day: String(day).replace(DAY, "$1-$2-$3"), holder, gist,
      facts: hex(facts), log, size, root: hex(root), page, pages,
    };
    return { keyId: hex(data.subarray(1, 5)), body, signature: data.subarray(-64), claim };
  }

  async function hasSigned(key, message, signature) {
    try {
      return await ed25519.verifyAsync(signature, message, key, { zip215: false });
    } catch {
      return false;
    }
  }

  // --- signed notes (C2SP) ----------------------------------------------------------------------

  async function readKey(text) {
    const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? refuse("misshapen");
    const data = base64(encoded);
    const digest = await sha256(join(utf8.encode(`${name}\n`), data));
    if (data[0] !== 1 || hex(digest.subarray(0, 4)) !== id) refuse("misshapen");
    return { name, id, public: data.subarray(1), fingerprint: hex(digest) };
  }

  async function readNote(note, keys) {
    const text = note.replace(/\r\n/g, "\n");
    const cut = text.lastIndexOf("\n\n");
    if (cut < 0) refuse("unsigned");
    const signed = text.slice(0, cut + 1);
    for (const line of text.slice(cut + 2).split("\n")) {
      const found = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
      if (!found) continue;
      const data = base64(found[2]);
      const key = keys.find((known) => known.name === found[1] && known.id === hex(data.subarray(0, 4)));
      if (!key) continue;
      if (!(await hasSigned(key.public, utf8.encode(signed), data.subarray(4)))) refuse("touched");
      return signed;
    }
    return refuse("another_key");
  }

  function listed(text, heading) {
    const [first, line] = text.split("\n");
    if (first !== heading) refuse("misshapen");
    try {
      return JSON.parse(line);
    } catch {
      return refuse("misshapen");
    }
  }

  // A key list that proves itself; a fingerprint, once known, must be its own.
  async function readKeys(note, fingerprint = "") {
    const text = note.replace(/\r\n/g, "\n").split("\n\n")[0];
    const list = listed(text, "conversion key list v1");
    const key = await readKey(list.list_key);
    const wanted = fingerprint.replace(/\s/g, "").toLowerCase();
    if (wanted && wanted !== key.fingerprint) refuse("another_fingerprint");
    await readNote(note, [key]);
    return { ...list, fingerprint: key.fingerprint };
  }

  async function readVoid(note, keys) {
    const trusted = keys.codes.filter((line) => line.revoked_on === null).map((line) => ({
      name: `${keys.origin}/code`, id: line.id, public: base64(line.key),
    }));
    return listed(await readNote(note, trusted), "conversion void list v1");
  }

  // --- the answer -------------------------------------------------------------------------------

  const isCurrent = (list, now) =>
    Date.parse(list.issued_at) - CLOCKS_DIFFER <= now && now <= Date.parse(list.next_at);

  // Verdict, reason and claim of the code of one page; `voided` may be null, `now` is in milliseconds.
  async function verifyCode(text, keys, voided, now) {
    let code;
    try {
      code = readCode(text);
    } catch (error) {
      return { verdict: "not_genuine", reason: error instanceof Refused ? error.message : "misshapen" };
    }
    const { claim } = code;
    const line = keys.codes.find((known) => known.id === code.keyId);
    if (!line) return { verdict: "key_unknown", reason: "key_unknown", detail: code.keyId };
    const message = join(utf8.encode(CONTEXT), code.body);
    if (!(await hasSigned(base64(line.key), message, code.signature))) {
      return { verdict: "not_genuine", reason: "touched" };
    }
    if (claim.day > line.until) return { verdict: "not_genuine", reason: "key_ended", detail: line.until };
    if (line.revoked_on) return { verdict: "not_genuine", reason: "key_revoked", detail: line.revoked_on };
    return { ...(await standing(claim, voided, now)), claim };
  }

  async function standing(claim, voided, now) {
    const tag = hex(await sha256(unhex(claim.facts))).slice(0, 32);
    const ended = voided?.papers.find((paper) => paper.tag === tag);
    if (ended) {
      const verdict = ended.status === "superseded" ? "superseded" : "void";
      return { verdict, reason: ended.status, detail: ended.ended_on, successor: ended.successor };
    }
    if (!voided) return { verdict: "list_out_of_date", reason: "no_list" };
    if (!isCurrent(voided, now)) return { verdict: "list_out_of_date", reason: "old_list", detail: voided.next_at };
    return { verdict: "genuine", reason: "genuine" };
  }

  return { Refused, isCurrent, readKeys, readVoid, verifyCode };
})();
