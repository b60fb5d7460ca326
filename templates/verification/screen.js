// The page around the verifier: what is pasted, photographed or loaded, and what is shown of it.
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const english = () => document.documentElement.lang === "en";
  const say = (pair) => pair[english() ? 1 : 0];

  const VERDICTS = {
    genuine: ["真实有效", "Genuine"],
    void: ["已经作废", "Void"],
    superseded: ["已被取代", "Superseded"],
    not_genuine: ["不是真件", "Not genuine"],
    key_unknown: ["不认识的密钥", "Key unknown"],
    list_out_of_date: ["清单过期，不能判定", "List out of date: no answer"],
  };
  const REASONS = {
    genuine: ["是发件单位签发的，不在作废清单中。", "Signed by the office, and not on its void list."],
    void: ["曾经有效，后来作废：", "Was good once; void since "],
    recalled: ["曾经有效，后来撤销：", "Was good once; recalled on "],
    superseded: ["曾经有效，后来由新的一份取代：", "Was good once; superseded on "],
    not_a_code: ["不是本系统的核验码。", "This is no code of ours."],
    misread: ["扫描不全或抄错，请重新扫描。", "Scanned in part or miswritten; scan it again."],
    misshapen: ["内容不成形。", "Its contents are misshapen."],
    touched: ["码中的内容被改动过。", "What the code says was changed."],
    key_unknown: ["公钥清单中没有这把钥匙，换用最新的清单：", "The key list lacks this key; load the newest list: "],
    key_ended: ["文书日期在密钥的最后一天之后：", "The paper is dated after its key's last day: "],
    key_revoked: ["密钥已经作废，只能到发件窗口核对：", "The key was revoked; ask at the office: "],
    no_list: ["码是真的，但是没有作废清单，不知道是否已经失效。", "The code is genuine, but without a void list nobody knows whether the paper still counts."],
    old_list: ["码是真的，但是作废清单应在此时以前更新：", "The code is genuine, but the void list was due to be renewed by "],
    unsigned: ["文件没有签名。", "The file is unsigned."],
    another_key: ["不是发件单位签署的。", "Not signed by the office."],
    another_fingerprint: ["签署它的密钥与本页的不同。", "Signed by another key than this page's."],
    older_list: ["比本页的旧。", "Older than the one in this page."],
    no_code: ["图片上没有认出核验码，靠近些重拍页脚右侧的方码。", "No code was found; take the square at the foot of the page from nearer."],
    no_picture: ["不是图片。PDF 文件请打印或截图后拍照，或者用 conversion document verify。", "Not a picture. Print a PDF, or use conversion document verify."],
  };
  const FIELDS = [
    ["title", ["文书", "Paper"]],
    ["number", ["编号", "Number"]],
    ["day", ["日期", "Date"]],
    ["holder", ["持有人", "Holder"]],
    ["gist", ["内容", "Contents"]],
  ];

  let keys, voided = null, answer = null;
  const seen = new Map();

  // --- shown ------------------------------------------------------------------------------------

  const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  function row(title, text) {
    const line = document.createElement("tr");
    line.append(cell("th", title), cell("td", text));
    return line;
  }

  function show() {
    $("answer").hidden = !answer;
    if (!answer) return;
    $("answer").className = answer.verdict;
    $("verdict").textContent = say(VERDICTS[answer.verdict]);
    const successor = answer.successor ? say(["，", ", "]) + answer.successor : "";
    $("reason").textContent = say(REASONS[answer.reason]) + (answer.detail ?? "") + successor;
    $("compare").hidden = !answer.claim;
    const { claim } = answer;
    $("claim").replaceChildren(...(claim ? rows(claim) : []));
    $("pages").textContent = claim ? pages(claim) : "";
  }

  function rows(claim) {
    const told = FIELDS.filter(([name]) => claim[name]).map(([name, title]) => row(say(title), claim[name]));
    const of = english() ? `${claim.page} of ${claim.pages}` : `第${claim.page}页，共${claim.pages}页`;
    return [...told, row(say(["页", "Page"]), of), root(claim)];
  }

  // For auditors: a paper outside is a witness of the history.
  function root(claim) {
    const line = row(say(["历史树根", "History"]), `${claim.log} ${claim.size} ${claim.root}`);
    line.className = "fine";
    return line;
  }

  // Which pages of this paper are still to be verified: each has a code of its own.
  function pages(claim) {
    const done = seen.get(claim.facts);
    const rest = Array.from({ length: claim.pages }, (_, n) => n + 1).filter((n) => !done.has(n));
    if (!rest.length) return say(["各页都已核验。", "All pages were verified."]);
    return english() ? `Still to be verified: page ${rest.join(", ")}.` : `还没有核验：第${rest.join("、")}页。`;
  }

  function showLists(refused = "") {
    const fresh = voided && Verifier.isCurrent(voided, Date.now());
    const until = (list) => new Date(list.next_at).toLocaleString(english() ? "en" : "zh-CN");
    $("lists").className = fresh ? "" : "stale";
    $("keys-serial").textContent = `${keys.serial}（${keys.issued_on}）`;
    $("void-until").textContent = voided ? until(voided) : say(["没有", "none"]);
    $("fingerprint").textContent = keys.fingerprint.match(/.{4}/g).join(" ");
    $("refused").textContent = refused && say(REASONS[refused] ?? REASONS.misshapen);
  }

  // --- done -------------------------------------------------------------------------------------

  async function verify(text) {
    answer = await Verifier.verifyCode(text, keys, voided, Date.now());
    if (answer.claim) {
      const { facts, page } = answer.claim;
      seen.set(facts, (seen.get(facts) ?? new Set()).add(page));
    }
    show();
    document.dispatchEvent(new Event("answered"));
  }

  function fail(reason) {
    answer = { verdict: "not_genuine", reason };
    show();
    document.dispatchEvent(new Event("answered"));
  }

  // The whole picture, then its lower right, where the code is, with as many pixels as help.
  const LOOKS = [[0, 0, 3600], [0.4, 0.6, 2400], [0, 0, 2000], [0.4, 0.6, 1200], [0, 0, 1000]];

  async function codeOn(picture) {
    const image = await createImageBitmap(picture);
    for (const [left, top, side] of LOOKS) {
      try {
        return qr.decodeQR(seenFrom(image, left * image.width, top * image.height, side));
      } catch {
        continue;
      }
    }
    return null;
  }

  function seenFrom(image, left, top, side) {
    const [width, height] = [image.width - left, image.height - top];
    const scale = Math.min(1, side / Math.max(width, height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }

  async function photographed(file) {
    let text;
    try {
      text = await codeOn(file);
    } catch {
      return fail("no_picture");
    }
    if (text === null) return fail("no_code");
    $("text").value = text;
    return verify(text);
  }

  // A newer list takes the place of this page's if the same key stands behind it.
  async function load(file) {
    const note = await file.text();
    try {
      if (note.startsWith("conversion key list")) {
        const newer = await Verifier.readKeys(note, keys.fingerprint);
        if (newer.serial < keys.serial) throw new Verifier.Refused("older_list");
        keys = newer;
      } else {
        const newer = await Verifier.readVoid(note, keys);
        if (voided && newer.issued_at < voided.issued_at) throw new Verifier.Refused("older_list");
        voided = newer;
      }
      showLists();
    } catch (error) {
      showLists(error instanceof Verifier.Refused ? error.message : "misshapen");
    }
    document.dispatchEvent(new Event("loaded"));
  }

  // A code behind the page's address; some scanners leave its own percent signs as they are.
  function behind(address) {
    try {
      return decodeURIComponent(address);
    } catch {
      return address.replaceAll("%20", " ");
    }
  }

  async function start() {
    keys = await Verifier.readKeys(JSON.parse($("key-list").textContent), $("pinned").textContent);
    const note = JSON.parse($("void-list").textContent);
    voided = note && (await Verifier.readVoid(note, keys));
    showLists();
    $("ask").addEventListener("submit", (event) => {
      event.preventDefault();
      verify($("text").value);
    });
    $("photo").addEventListener("change", () => photographed($("photo").files[0]));
    $("newer").addEventListener("change", () => load($("newer").files[0]));
    $("language").addEventListener("click", () => {
      document.documentElement.lang = english() ? "zh-CN" : "en";
      show();
      showLists();
    });
    document.body.dataset.ready = "yes";
    document.dispatchEvent(new Event("ready"));
    if (location.hash.length > 1) verify(behind(location.hash.slice(1)));
  }

  start().catch(() => document.body.classList.add("broken"));
})();
