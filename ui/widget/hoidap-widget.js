/*! hoidap-widget: citations of Vietnamese official documents, looked up and shown. Apache-2.0.
 *
 *  <hoidap-tra-cuu></hoidap-tra-cuu>   a box to look a citation up or to search for words
 *  <script src="…/hoidap-widget.js" data-auto>   finds the citations of the page itself
 *
 *  data-api    where the API is reached; without it, where this script came from
 *  data-key    a public key, where the API asks for one        data-lang   vi | en
 *  data-root   a CSS selector: only there is the page read     data-theme  light | dark
 *  data-here   the permalink of the document this page is; gives "Điều này" its meaning
 *  data-hoidap-off   on any element: nothing below it is read; data-hoidap-here as data-here, for a part
 *
 *  What leaves the page: what is typed into the box; in a page read by itself, only the neighbourhood of what
 *  looks like a citation, at most 200 characters each, never the page. Nothing is stored, nobody is counted.
 *
 *  Nothing global is written, no style element is made, no text becomes HTML: it runs under a policy of
 *  `default-src 'none'` with the API in script-src and connect-src, Trusted Types enforced.
 */
(() => {
  "use strict";

  const script = document.currentScript;
  const BOX = "hoidap-tra-cuu";
  const MARK = "hoidap-trich-dan";
  if (!("customElements" in window) || !("adoptedStyleSheets" in Document.prototype)) return; // the page stays as it is
  const loaded = customElements.get(BOX);
  if (loaded) return loaded.readPage(script); // this file stands twice in the page

  // ---------------------------------------------------------------- settings

  /** Where the API is: said, or found in the address of this script. */
  const ownApi = () => {
    if (!script?.src) return location.origin;
    const url = new URL(script.src);
    return url.origin + (/^(.*)\/v1\/widget\/[^/]*$/.exec(url.pathname)?.[1] ?? "");
  };

  /** The settings that hold for `element`: its own, then those of the script. */
  const settingsOf = (element) => {
    const said = (name) => element?.dataset[name] ?? script?.dataset[name];
    const lang =
      element?.dataset.lang || element?.getAttribute("lang") || script?.dataset.lang ||
      element?.closest?.("[lang]")?.lang || document.documentElement.lang;
    return {
      api: new URL(said("api") || ownApi(), location.href).href.replace(/\/+$/, ""),
      key: said("key") || "",
      lang: /^en\b/i.test(lang || "") ? "en" : "vi",
      theme: element?.getAttribute("theme") || said("theme") || "",
    };
  };

  // ---------------------------------------------------------------- words

  const WORDS = {
    vi: {
      label: "Tra cứu văn bản",
      hint: "Gõ hoặc dán một trích dẫn (điều, khoản, số văn bản), hoặc từ khóa của câu hỏi.",
      example: "Ví dụ: khoản 1 Điều 2 Quyết định …",
      go: "Tra cứu",
      clear: "Xóa ô tra cứu",
      close: "Đóng",
      back: "Quay lại danh sách",
      working: "Đang tra cứu…",
      found: (n) => `Tìm thấy ${n} trích dẫn.`,
      passages: (n) => `Không có trích dẫn nào trong câu này; đây là ${n} đoạn gần nghĩa nhất.`,
      asWords: (n) => `${n} đoạn gần nghĩa nhất với các từ đã gõ.`,
      nothing: "Không tìm thấy đoạn nào. Hãy thử từ khác, hoặc ghi số và tên văn bản.",
      empty: "Hãy gõ một trích dẫn hoặc từ khóa rồi bấm Tra cứu.",
      more: (n) => `Còn ${n} trích dẫn nữa: hãy tra từng phần ngắn hơn.`,
      search: "Tìm theo từ khóa",
      wording: "Nội dung",
      place: "Vị trí",
      copy: "Chép",
      copyText: "lời văn",
      copyCited: "kèm trích dẫn",
      copyLink: "đường dẫn",
      copied: (what) => `Đã chép ${what}.`,
      notCopied: "Chưa chép được: hãy chọn chữ rồi nhấn Ctrl+C",
      open: "Mở văn bản",
      newTab: "mở trong thẻ mới",
      facts: "Tình trạng văn bản",
      caveatIs: "Lưu ý: ",
      since: (day) => `từ ${day}`,
      changedBy: (who) => `bởi ${who}`,
      candidates: "Có thể là",
      mentions: "Được nhắc đến ở",
      missing: () => "",
      opened: "Đã mở điều khoản.",
      status: {
        exact: "Đúng điều khoản được dẫn",
        possible: "Có thể là điều khoản này",
        document_only: "Có văn bản, không có đơn vị được dẫn",
        text_not_held: "Chưa có toàn văn",
        mentioned: "Chỉ được văn bản khác nhắc đến",
        ambiguous: "Có nhiều chỗ khớp",
        unknown: "Chưa có trong kho văn bản",
        unreadable: "Chưa đọc được trích dẫn",
      },
      advice: {
        possible: "Chỗ này không nêu tên văn bản; trong kho chỉ có một điều khoản khớp. Hãy đối chiếu.",
        text_not_held: "Kho chưa có toàn văn của văn bản này: hãy xem bản chính thức trước khi trích dẫn.",
      },
      kind: {
        official: "Bản chính thức",
        unnumbered_copy: "Bản chưa ghi số, ngày",
        digest: "Bản tóm tắt, không phải lời văn chính thức",
        catalogue: "Chỉ có thông tin về văn bản",
      },
      validity: {
        in_force: "Còn hiệu lực",
        not_yet: "Chưa có hiệu lực",
        expired: "Hết hiệu lực",
        partly_amended: "Đã được sửa đổi một phần",
        repealed: "Đã bị thay thế hoặc bãi bỏ",
        unknown: "Chưa rõ hiệu lực",
      },
      fault: {
        offline:
          "Không kết nối được máy chủ tra cứu. Hãy kiểm tra mạng rồi bấm Tra cứu lần nữa. " +
          "Người quản trị trang: xem địa chỉ API và danh sách nguồn được phép.",
        refused: "Trang này chưa được phép dùng máy chủ tra cứu. Người quản trị trang: xem khóa và danh sách nguồn được phép.",
        busy: (seconds) => `Máy chủ đang nhận quá nhiều yêu cầu. Hãy thử lại sau ${seconds || 60} giây.`,
        gone: "Máy chủ không có điều khoản này. Hãy tra lại từ đầu.",
        wrong: "Máy chủ không nhận yêu cầu này. Hãy gõ ngắn hơn hoặc viết lại.",
        server: "Máy chủ tra cứu gặp lỗi. Hãy thử lại sau ít phút.",
      },
    },
    en: {
      label: "Look up official documents",
      hint: "Type or paste a citation (article, clause, document number), or the keywords of a question.",
      example: "For example: khoản 1 Điều 2 Quyết định …",
      go: "Look up",
      clear: "Clear the box",
      close: "Close",
      back: "Back to the list",
      working: "Looking up…",
      found: (n) => `${n} ${n === 1 ? "citation" : "citations"} found.`,
      passages: (n) => `No citation in these words; here are the ${n} closest passages.`,
      asWords: (n) => `The ${n} passages closest to these words.`,
      nothing: "No passage found. Try other words, or give the number and name of the document.",
      empty: "Type a citation or keywords, then press Look up.",
      more: (n) => `${n} more citations: look up shorter pieces.`,
      search: "Search for these words",
      wording: "Wording",
      place: "Place",
      copy: "Copy",
      copyText: "text",
      copyCited: "with citation",
      copyLink: "link",
      copied: (what) => `Copied: ${what}.`,
      notCopied: "Could not copy: select the text and press Ctrl+C",
      open: "Open document",
      newTab: "opens in a new tab",
      facts: "Status of the document",
      caveatIs: "Note: ",
      since: (day) => `since ${day}`,
      changedBy: (who) => `by ${who}`,
      candidates: "It may be",
      mentions: "Mentioned in",
      missing: (m) =>
        `There is no ${m.level} ${m.asked}.` + (m.available.length ? ` There are: ${m.available.join(", ")}.` : ""),
      opened: "Provision opened.",
      status: {
        exact: "The provision cited",
        possible: "Possibly this provision",
        document_only: "The document is held, this unit is not in it",
        text_not_held: "Full text not held",
        mentioned: "Only mentioned by other documents",
        ambiguous: "Several places match",
        unknown: "Not among the documents held",
        unreadable: "Citation not understood",
      },
      advice: {
        possible: "The document is not named here; only one provision held fits. Please check.",
        text_not_held: "The full text is not among the documents held; see the official copy.",
        mentioned: "This document is not held; these places mention it.",
        ambiguous: "Several places fit. Name the document and every level.",
        unknown: "This document is not held, and no document held mentions it.",
        unreadable: "This cannot be read as a citation outside its document.",
      },
      kind: {
        official: "Official text",
        unnumbered_copy: "Copy without number and date",
        digest: "Summary, not the official wording",
        catalogue: "Only facts about the document",
      },
      validity: {
        in_force: "In force",
        not_yet: "Not yet in force",
        expired: "Expired",
        partly_amended: "Partly amended",
        repealed: "Replaced or repealed",
        unknown: "Validity not known",
      },
      fault: {
        offline:
          "The look-up server cannot be reached. Check the network and press Look up again. " +
          "Site administrator: see the API address and the list of allowed origins.",
        refused: "This page may not use the look-up server. Site administrator: see the key and the list of allowed origins.",
        busy: (seconds) => `The server is receiving too many requests. Try again in ${seconds || 60} seconds.`,
        gone: "The server has no such provision. Look it up again.",
        wrong: "The server does not accept this request. Type less, or put it differently.",
        server: "The look-up server has failed. Try again in a few minutes.",
      },
    },
  };

  /** Statuses that have something to show in a page that is read by itself; the others stay plain text. */
  const SHOWN = new Set(["exact", "document_only", "text_not_held", "mentioned", "ambiguous"]);
  const SIGNS = { exact: "✓", possible: "?", ambiguous: "?", unknown: "–", unreadable: "–" };

  // ---------------------------------------------------------------- the API

  const PATIENCE = 20_000; // milliseconds

  /** What went wrong, by one of the names in WORDS.fault; `detail`: what the server says of it. */
  class Fault extends Error {
    constructor(kind, detail = "", seconds = 0) {
      super(kind);
      Object.assign(this, { kind, detail, seconds });
    }

    said(words) {
      const own = words.fault[this.kind];
      if (typeof own === "function") return own(this.seconds);
      return this.kind === "wrong" && this.detail && words === WORDS.vi ? this.detail : own;
    }
  }

  const faultOf = async (response) => {
    const { status } = response;
    if (status === 401 || status === 403) return new Fault("refused");
    if (status === 429) return new Fault("busy", "", Number(response.headers.get("Retry-After")) || 0);
    if (status === 404) return new Fault("gone");
    if (status >= 500) return new Fault("server");
    const problem = await response.json().catch(() => ({}));
    return new Fault("wrong", typeof problem?.detail === "string" ? problem.detail : "");
  };

  /** One JSON request; without a body a GET. Throws Fault, or AbortError where `signal` was given up. */
  const request = async ({ api, key }, path, body, signal) => {
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["X-Hoidap-Key"] = key;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), PATIENCE);
    const give = () => late.abort();
    signal?.addEventListener("abort", give);
    try {
      const response = await fetch(api + path, {
        method: body ? "POST" : "GET",
        headers,
        body: body && JSON.stringify(body),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: late.signal,
      });
      if (!response.ok) throw await faultOf(response);
      const said = await response.json();
      if (said === null || typeof said !== "object") throw new Fault("server");
      return said;
    } catch (error) {
      if (error instanceof Fault || signal?.aborted) throw error;
      throw new Fault(error instanceof SyntaxError ? "server" : "offline");
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", give);
    }
  };

  /** What must be a list in an answer. */
  const listOf = (value) => {
    if (!Array.isArray(value)) throw new Fault("server");
    return value;
  };

  /** Half a surrogate pair can be written in JSON but not read by the server. */
  const wellFormed = (text) =>
    text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");

  /** From offsets in code points to offsets in UTF-16 units. */
  const unitsOf = (text) => {
    if (!/[\uD800-\uDBFF]/.test(text)) return (point) => point;
    const starts = [];
    for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) starts.push(at);
    starts.push(text.length);
    return (point) => starts[point] ?? text.length;
  };

  // ---------------------------------------------------------------- what may be a citation

  const SNIPPET = 200; // UTF-16 units, so never more code points
  const BEFORE = 16; // what stands before a citation can show that it is none: "pháp luật"
  const APART = 48; // candidates that stand nearer than this may be one citation

  const letters = new Map();
  const bareLetter = (unit) => {
    if (/[\p{M}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/u.test(unit)) return "";
    if (/\s/.test(unit)) return " ";
    return unit.normalize("NFKD")[0].toLowerCase()[0].replace(/[đð]/, "d");
  };

  /** The text without marks, in lower case, white space single; `at[i]`: where its letter i stands. */
  const fold = (text) => {
    const kept = [];
    const at = [];
    for (let i = 0; i < text.length; i++) {
      const unit = text[i];
      let letter = letters.get(unit);
      if (letter === undefined) letters.set(unit, (letter = bareLetter(unit)));
      if (letter === "" || (letter === " " && kept.at(-1) === " ")) continue;
      kept.push(letter);
      at.push(i);
    }
    at.push(text.length);
    return { bare: kept.join(""), at };
  };

  const LEVEL = "dieu|khoan|diem|tiet|tieu muc|muc|phan|chuong|phu luc|bieu mau|bieu|bang|mau|gach(?: dau dong)?|chu thich|doan";
  const MARKER = "(?:thu )?(?:\\d{1,3}[a-z]{0,3}|[ivxl]{1,6}|[a-z]\\d?|nhat|hai|nhi|ba|tu|bon|nam|sau|bay|tam|chin|muoi)(?![a-z0-9])";
  const TYPE = "nghi quyet(?: lien tich)?|nghi dinh|quyet dinh|ke hoach|thong tu(?: lien tich)?|chi thi|chuong trinh(?: hanh dong)?|to trinh|bao cao(?: tham dinh)?|ket luan|thong bao|huong dan|cong dien|cong van|quy che|quy dinh|van ban(?: hop nhat)?|de an|quy chuan|tieu chuan|bo luat|luat|phap lenh|hien phap";
  const CODE = "nqlt|nq|nd|qdi|qd|qyd|qc|kh|ttlt|ttr|tt|ctr|ct|bc|kl|tb|cd|hd|cv|pl|vbhn|da|gm|pa|bb|uq|gp|l";
  const ISSUED = "(?:qh|ubtvqh)\\d{1,2}";
  /** The patterns are liberal, and cannot run away: every repetition in them is bounded or of one class. */
  const PATTERNS = [
    // khoản 2, mục V, Phụ lục số 01, gạch đầu dòng thứ ba
    [`(?<![a-z0-9])(?:${LEVEL})(?:[ .:]{1,2}|(?=\\d))(?:so )?${MARKER}`],
    // Đ2 k1, k.3, đ2k1đđ, đ.b
    ["(?<![a-z0-9])(?:[dk]\\.? ?\\d{1,3}(?![0-9]|[.,]\\d)(?:[dk][a-z0-9]{1,3}){0,3}|[dk]\\.[a-z](?![a-z0-9]))"],
    // III.1.7.d, 1.3 of a part is found by its "mục"
    ["(?<![a-z0-9.])[ivxl]{1,6}(?:\\.(?:\\d{1,2}|[a-z])){1,4}(?![a-z0-9])"],
    // 19/2025/NQ-HĐND, 223 - NQ / TU, 258-KH-UBND, 59/2020/QH14
    [`(?<![a-z0-9/.,:-])\\d{1,5}[a-z]?(?: ?[/_-] ?(?:19|20)\\d\\d)? ?[/_-] ?(?:(?:${CODE})(?![a-z0-9])|${ISSUED})(?: ?[/_-] ?[a-z][a-z0-9]{0,14}){0,4}`],
    // codes that are not known here, in capitals and without spaces
    ["(?<![a-z0-9/.,:-])\\d{1,5}[a-z]?(?:[/-](?:19|20)\\d\\d)?[/-][a-z][a-z0-9]{1,14}(?:[/-][a-z][a-z0-9]{0,14}){0,4}", (written) => /[/].*\p{Lu}{2}|\p{Lu}{2}.*[/]/u.test(written)],
    ["(?<![a-z0-9])(?:qcvn|tcvn) ?\\d{1,6}(?:[-:]\\d{1,5}){0,3}"],
    // Nghị quyết 19, NĐ 08/2022
    [`(?<![a-z0-9])(?:${TYPE}|${CODE})(?: so)?:? ?\\d{1,5}(?:[/-]\\d{1,5})?(?![0-9])`],
    // Luật Du lịch 2017: a capital somewhere, or it is "pháp luật", "kỷ luật"
    ["(?<![a-z0-9])(?<!phap |quy |ky |trong |an )(?:bo luat|luat|phap lenh|hien phap)(?= [a-z0-9])(?: [a-z]{1,7}){0,2}", (written) => /\p{Lu}/u.test(written)],
    ["(?<![a-z0-9])luat(?: [a-z]{1,7}){1,10} (?:nam )?(?:19|20)\\d\\d(?![0-9])"],
  ];
  /** Only where it is known which document the page is. */
  const RELATIVE = [`(?<![a-z0-9])(?:${LEVEL}|${TYPE})(?: [a-z]{1,7}){0,2} (?:nay|neu tren|noi tren)(?![a-z0-9])`];
  const compiled = (patterns) => patterns.map(([source, when]) => [new RegExp(source, "g"), when]);
  const [ABSOLUTE, ANY] = [compiled(PATTERNS), compiled([...PATTERNS, RELATIVE])];

  /** Stretches of the text that may be part of a citation, in order, joined where they meet. */
  const candidates = (text, relative) => {
    const { bare, at } = fold(text);
    const found = [];
    for (const [pattern, when] of relative ? ANY : ABSOLUTE) {
      for (const match of bare.matchAll(pattern)) {
        const [start, end] = [at[match.index], at[match.index + match[0].length]];
        if (!when || when(text.slice(start, end))) found.push([start, end]);
      }
    }
    found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const joined = [];
    for (const [start, end] of found) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  };

  /** Where a snippet that reaches `from` may end: not inside a word, not behind the end of a sentence. */
  const cutBehind = (text, from, limit) => {
    if (limit >= text.length) limit = text.length;
    const sentence = /[.;:!?…”"]\s+(?=\p{Lu}|[-+*•“"])/u.exec(text.slice(from, limit));
    if (sentence) return from + sentence.index + 1;
    if (limit === text.length) return limit;
    const space = text.slice(from, limit).search(/\s\S*$/);
    return space < 0 ? Math.max(from, limit) : from + space;
  };

  /** Whether the candidate that follows may belong to the same citation, or to the same enumeration. */
  const near = (text, one, other) =>
    other[0] - one[1] <= APART && !/[.!?…]\s+(?=\p{Lu})/u.test(text.slice(one[1], other[0] + 1));

  const cutBefore = (text, start) => {
    const from = Math.max(0, start - BEFORE);
    if (!from) return from;
    const space = text.slice(from, start).search(/\s/);
    return space < 0 ? start : from + space + 1;
  };

  /**
   * What is sent of a text: stretches `[start, end]` of at most 200 UTF-16 units around what may be a citation.
   * Long enumerations give several that overlap, so that no citation is cut in all of them.
   */
  const snippets = (text, relative = false) => {
    const found = candidates(text, relative);
    const cut = [];
    for (let i = 0; i < found.length; ) {
      const start = cutBefore(text, found[i][0]);
      const limit = start + SNIPPET;
      let last = i;
      while (last + 1 < found.length && found[last + 1][1] <= limit && near(text, found[last], found[last + 1])) last++;
      const end = cutBehind(text, Math.min(found[last][1], limit), limit);
      cut.push([start, end]);
      const next = found[last + 1];
      const goesOn = next && near(text, found[last], next);
      // an enumeration that goes on: all but its beginning is sent once more, with what follows it
      const again = goesOn ? found.findIndex(([from], at) => at > i && from > start + SNIPPET / 4) : -1;
      i = again > i && again <= last ? again : last + 1;
    }
    return cut;
  };

  // ---------------------------------------------------------------- looks

  const DARK = `--text:#e7ebf2;--dim:#aab4c5;--line:#3b4658;--edge:#7d899d;--soft:#1e2735;--back:#151c28;--accent:#9cc3ff;
    --over:#0c1626;--good:#7fdca4;--warn:#f2c574;--shade:0 12px 32px rgb(0 0 0/.55);color-scheme:dark;`;
  const LOOK = `
    .hd{all:initial;box-sizing:border-box;display:block;direction:ltr;unicode-bidi:isolate;
      --text:#1b2430;--dim:#545f70;--line:#d8dde5;--edge:#7b8797;--soft:#f4f6f9;--back:#fff;--accent:#1c4f93;
      --over:#fff;--good:#146c38;--warn:#8a5000;--shade:0 12px 32px rgb(16 28 48/.2),0 1px 3px rgb(16 28 48/.14);color-scheme:light;
      font:400 medium/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;color:var(--text);overflow-wrap:anywhere}
    @media (prefers-color-scheme:dark){.hd:not(.light){${DARK}}}
    .hd.dark{${DARK}}
    .hd *{box-sizing:border-box}
    p,ul,dl,dd{margin:0;padding:0}
    a{color:var(--accent);text-underline-offset:.2em}
    button,input{font:inherit;color:inherit}
    button{min-height:44px;min-width:44px;padding:.3em .8em;border:1px solid var(--line);border-radius:.4em;background:var(--back);
      color:var(--accent);font-size:.875em;line-height:1.3;cursor:pointer;display:inline-flex;align-items:center;justify-content:center;gap:.35em;text-decoration:none;text-align:center;overflow-wrap:normal}
    button:hover{background:var(--soft);border-color:var(--edge)}
    :focus{outline:none}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .state{display:flex;align-items:center;gap:.5em;font-size:.875em;font-weight:600;color:var(--warn)}
    .state.exact{color:var(--good)}
    .sign{flex:none;display:inline-grid;place-items:center;width:1.45em;height:1.45em;border:1.5px solid currentColor;border-radius:50%;font-size:.85em;line-height:1}
    .title{font-size:1.0625em;font-weight:650;line-height:1.4;margin-top:.3em}
    .path{font-size:.875em;line-height:1.5;color:var(--dim);margin-top:.25em}
    .advice{font-size:.9375em;margin-top:.5em}
    .words{white-space:pre-line;margin:.75em 0 0;padding:.1em 0 .1em .85em;border-left:3px solid var(--accent);line-height:1.65}
    .facts{list-style:none;display:flex;flex-wrap:wrap;gap:.35em;margin-top:.5em;font-size:.8125em;line-height:1.35}
    .facts li{padding:.15em .6em;border:1px solid var(--line);border-radius:1em;background:var(--soft);color:var(--dim)}
    .facts .official,.facts .in_force{color:var(--good)}
    .facts :is(.digest,.catalogue,.expired,.repealed,.not_yet,.partly_amended){color:var(--warn)}
    .caveat{font-size:.875em;color:var(--dim);margin-top:.75em}
    .open{display:inline-flex;align-items:center;gap:.3em;min-height:44px;font-size:.9375em;white-space:nowrap}
    .list{list-style:none;margin-top:.35em}
    .list li{padding:.35em 0;border-top:1px solid var(--line)}
    .list a{display:block;padding:.35em 0;min-height:24px;line-height:1.45}
    .list p{font-size:.875em;color:var(--dim);line-height:1.5}
    .head{font-size:.875em;font-weight:600;margin-top:.85em}
    .actions,.copying{display:flex;flex-wrap:wrap;align-items:center;gap:.35em}
    .actions{margin-top:.75em;justify-content:space-between;column-gap:1em}
    .actions button{position:relative;padding:.3em .5em}
    .actions button.done span{visibility:hidden}
    .actions button.done::after{content:"✓";position:absolute;color:var(--good);font-weight:700}
    .lead{font-size:.875em;color:var(--dim);margin-right:.15em}
    .heard{font-size:.875em;color:var(--warn)}
    .heard:empty{display:none}
    @media (forced-colors:active){button,input,.panel,.card,.facts li{border:1px solid ButtonText}.sign{border-color:CanvasText}}
    @media print{.actions,form{display:none!important}}`;
  const BOX_LOOK = `
    :host{display:block!important;visibility:visible!important}
    :host([hidden]){display:none!important}
    label{display:block;font-weight:650;font-size:1.0625em}
    .hint{font-size:.875em;color:var(--dim);margin:.15em 0 .5em}
    .row{display:flex;flex-wrap:wrap;gap:.5em}
    .field{position:relative;flex:999 1 14em;min-width:0}
    input{display:block;width:100%;min-height:48px;padding:.4em 3em .4em .8em;border:1px solid var(--edge);border-radius:.4em;background:var(--back);color:var(--text)}
    input::placeholder{color:var(--dim);opacity:1}
    input::-webkit-search-cancel-button{display:none}
    input:focus-visible{outline-offset:0}
    .clear{position:absolute;right:2px;top:2px;border-color:transparent;background:transparent;font-size:1.25em;padding:0;color:var(--dim)}
    .clear[hidden]{display:none}
    .go{flex:1 0 auto;min-height:48px;padding:.4em 1.4em;background:var(--accent);border-color:var(--accent);color:var(--over);font-size:1em;font-weight:600}
    .go:hover{background:var(--accent);border-color:var(--text);text-decoration:underline}
    .said{font-size:.9375em;color:var(--dim);margin-top:.75em}
    .said:empty{display:none}
    .said.fault{color:var(--text);border-left:3px solid var(--warn);padding-left:.75em}
    .card{margin-top:.75em;padding:1em;border:1px solid var(--line);border-radius:.5em;background:var(--back)}
    .card .words{max-height:32em;overflow:auto}
    .found{margin-top:.5em;border-bottom:1px solid var(--line)}
    .found a{font-weight:600}
    .found .of{color:var(--text)}
    .found p:not(.of){display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
    .row.after{margin-top:.75em}`;
  // The rules of a shadow tree that are important win over those of the page that are important too.
  const MARK_LOOK = `
    :host{all:unset!important;display:inline!important}
    :host::before,:host::after{content:none!important}
    .m{cursor:pointer;text-decoration:underline;text-decoration-style:dashed;text-decoration-thickness:max(1px,.06em);text-underline-offset:.22em;
      text-decoration-color:color-mix(in srgb,currentColor 65%,transparent);border-radius:.12em}
    .m.exact{text-decoration-style:solid}
    .m.ambiguous,.m.possible{text-decoration-style:dotted;text-decoration-thickness:max(1.5px,.09em)}
    .m:hover,.m.open{background:color-mix(in srgb,currentColor 11%,transparent);text-decoration-color:currentColor}
    .m:focus{outline:none}
    .m:focus-visible{outline:2px solid currentColor;outline-offset:2px}
    @media (forced-colors:active){.m{text-decoration-color:LinkText}.m:focus-visible{outline-color:Highlight}}
    @media print{.m{text-decoration:none}}`;
  const PANEL_LOOK = `
    :host{all:initial!important;display:block!important;position:fixed!important;inset:0!important;pointer-events:none!important;
      z-index:2147483647!important;overflow:visible!important;background:transparent!important;visibility:visible!important}
    :host::before,:host::after{content:none!important}
    :host::backdrop{display:none!important}
    .panel{position:absolute;display:flex;flex-direction:column;pointer-events:auto;width:min(30em,calc(100vw - 16px));
      border:1px solid var(--line);border-top:3px solid var(--accent);border-radius:.5em;background:var(--back);box-shadow:var(--shade);font-size:.9375em}
    .top{display:flex;align-items:flex-start;gap:.5em;padding:.35em .35em 0 1em}
    .top>div{flex:1;min-width:0;padding-top:.55em}
    .close{flex:none;border-color:transparent;font-size:1.35em;padding:0;color:var(--dim)}
    .body{overflow:auto;padding:0 1em .85em;min-height:3em;overscroll-behavior:contain}
    .body:focus-visible{outline-offset:-3px}
    .foot{padding:.5em 1em .6em;border-top:1px solid var(--line)}
    .foot .actions{margin:0}
    @media (prefers-reduced-motion:no-preference){.panel{animation:in .12s ease-out}@keyframes in{from{opacity:0;transform:translateY(3px)}}}`;

  const sheet = (...rules) => {
    const made = new CSSStyleSheet();
    made.replaceSync(rules.join(""));
    return made;
  };
  const [boxSheet, markSheet, panelSheet] = [sheet(LOOK, BOX_LOOK), sheet(MARK_LOOK), sheet(LOOK, PANEL_LOOK)];

  // ---------------------------------------------------------------- building

  /** An element: attributes by name, listeners by function, everything else is text or a node. */
  const h = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };

  const capital = (text) => text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
  const day = (iso) => iso.split("-").reverse().join("/");

  /** Only addresses of the API itself become links, whatever the answer says. */
  const absolute = (api, permalink) =>
    typeof permalink === "string" && permalink.startsWith("/") && !permalink.startsWith("//")
      ? new URL(api + permalink).href
      : null;

  const copy = async (text, root) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // no clipboard over http, or not allowed: the old way
      const before = root.activeElement;
      const area = h("textarea", { class: "sr", "aria-hidden": "true", tabindex: "-1" });
      area.value = text;
      root.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      before?.focus?.({ preventScroll: true });
      return done;
    }
  };

  /**
   * What is shown of one citation: {state, title, body, actions}, four nodes. `view` = {api, words, follow};
   * `follow(permalink)` opens a provision in place, without it a link opens a new tab.
   */
  const shown = (citation, view) => {
    const { words, api } = view;
    const { status, provision } = citation;
    const state =
      words.status[status] &&
      h("p", { class: `state ${status}` }, h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status] ?? "!"), words.status[status]);
    const title = h("p", { class: "title", lang: "vi" }, capital(citation.normal || citation.text));
    const body = h("div", {}, path(provision), facts(citation, words), advice(citation, words), wording(provision, words), caveat(provision, words));
    body.append(...[links(citation.candidates, words.candidates, view, "why"), links(citation.mentions, words.mentions, view, "text")].flat());
    return { state, title, body, actions: actions(citation, words, api) };
  };

  const path = (provision) => {
    const above = provision?.heading_path?.slice(0, -1) ?? [];
    return above.length ? h("p", { class: "path", lang: "vi" }, above.join(" › ")) : null;
  };

  const advice = (citation, words) => {
    const { status, message, missing } = citation;
    if (status === "exact") return null;
    const own = words.advice[status];
    const said = own || (words === WORDS.vi && message) || (missing && words.missing(missing)) || message;
    return said ? h("p", { class: "advice" }, said) : null;
  };

  const wording = (provision, words) =>
    provision?.text ? h("div", { class: "words", lang: "vi", role: "group", "aria-label": words.wording }, provision.text) : null;

  /** The kind of copy and whether it is in force, as two short labels. */
  const facts = ({ provision, validity }, words) => {
    const labels = [];
    if (provision?.kind) labels.push(h("li", { class: provision.kind }, words.kind[provision.kind] ?? provision.kind));
    if (validity?.state) {
      const parts = [words.validity[validity.state] ?? validity.state];
      if (validity.by) parts.push(words.changedBy(String(validity.by)));
      if (validity.from) parts.push(words.since(day(String(validity.from))));
      labels.push(h("li", { class: validity.state }, parts.join(" ")));
    }
    return labels.length ? h("ul", { class: "facts", "aria-label": words.facts }, labels) : null;
  };

  const caveat = (provision, words) =>
    provision?.caveat ? h("p", { class: "caveat" }, words.caveatIs, h("span", { lang: "vi" }, provision.caveat)) : null;

  const newTab = (words) => h("span", { class: "sr" }, ` (${words.newTab})`);

  const LEVELS = {
    "phu-luc": "Phụ lục", phan: "phần", chuong: "Chương", muc: "mục", "tieu-muc": "mục", dieu: "Điều", khoan: "khoản", diem: "điểm",
    tiet: "tiết", gach: "gạch đầu dòng", doan: "đoạn", "chu-thich": "chú thích", bang: "bảng", "mo-dau": "phần mở đầu",
  };

  /** An address as it is said, the innermost unit first: "dieu-1/muc-v" → "mục V Điều 1". */
  const spoken = (address = "") =>
    address.split("/").reverse().map((unit) => {
      const level = Object.keys(LEVELS).filter((name) => unit === name || unit.startsWith(`${name}-`)).sort((one, other) => other.length - one.length)[0];
      const marker = level ? unit.slice(level.length + 1) : unit;
      return [LEVELS[level], /^[ivxl]+$/.test(marker) ? marker.toUpperCase() : marker].filter(Boolean).join(" ");
    }).join(" ");

  const links = (pointers, head, { api, words, follow }, told) => {
    if (!pointers?.length) return [];
    const item = (pointer) => {
      const address = absolute(api, pointer.permalink);
      const name = capital(pointer.normal || spoken(pointer.address) || pointer.document || "");
      const open = (event) => {
        if (!follow || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        follow(pointer.permalink);
      };
      const link = address
        ? h("a", { href: address, lang: "vi", target: "_blank", rel: "noopener", click: open }, name, follow ? null : newTab(words))
        : h("span", { lang: "vi" }, name);
      return h("li", {}, link, pointer.of ? h("p", { class: "of", lang: "vi" }, pointer.of) : null, pointer[told] ? h("p", { lang: "vi" }, pointer[told]) : null);
    };
    return [head ? h("p", { class: "head" }, head) : null, h("ul", { class: "list" }, pointers.map(item))];
  };

  /** Copying, and the way to the whole document. */
  const actions = (citation, words, api) => {
    const { provision } = citation;
    const address = absolute(api, citation.permalink);
    const heard = h("span", { class: "heard", role: "status" });
    const button = (name, text) => {
      const press = async () => {
        heard.textContent = "";
        const done = await copy(text, heard.getRootNode());
        heard.className = done ? "sr" : "heard";
        heard.textContent = done ? words.copied(name) : words.notCopied;
        if (!done) return;
        made.classList.add("done");
        setTimeout(() => made.classList.remove("done"), 1800);
      };
      const made = h("button", { type: "button", "aria-label": `${words.copy} ${name}`, click: press }, h("span", {}, capital(name)));
      return made;
    };
    const made = [];
    if (provision?.text) made.push(button(words.copyText, provision.text));
    if (provision?.text && provision.citation) made.push(button(words.copyCited, `${provision.text}\n(${provision.citation})`));
    if (address) made.push(button(words.copyLink, address));
    if (!made.length) return null;
    const copying = h("div", { class: "copying", role: "group", "aria-label": words.copy }, h("span", { class: "lead", "aria-hidden": "true" }, words.copy), made, heard);
    const arrow = h("span", { "aria-hidden": "true" }, "↗");
    const open = address && h("a", { class: "open", href: address, target: "_blank", rel: "noopener" }, words.open, arrow, newTab(words));
    return h("div", { class: "actions" }, copying, open);
  };

  // ---------------------------------------------------------------- <hoidap-tra-cuu>

  const MOST_CARDS = 20;
  const MOST_PASSAGES = 8;

  class LookUpBox extends HTMLElement {
    static observedAttributes = ["lang", "theme", "data-lang", "data-theme", "data-api", "data-key"];
    static snippets = snippets; // for whoever wants to see what would be sent
    static readPage = (element) => readPage(element);

    #parts;
    #asked; // AbortController of the question under way

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [boxSheet];
      this.#build();
    }

    disconnectedCallback() {
      this.#asked?.abort();
    }

    attributeChangedCallback() {
      if (this.#parts) this.#build();
    }

    #build() {
      const settings = settingsOf(this);
      const words = WORDS[settings.lang];
      const typed = this.#parts?.input.value ?? "";
      const input = h("input", {
        id: "q", type: "search", autocomplete: "off", spellcheck: "false", enterkeyhint: "search",
        placeholder: words.example, "aria-describedby": "hint", input: () => this.#typed(), paste: (event) => this.#pasted(event),
      });
      const clear = h("button", { type: "button", class: "clear", "aria-label": words.clear, click: () => this.#clear() }, "×");
      const said = h("p", { class: "said", role: "status" });
      const results = h("div");
      input.value = typed;
      clear.hidden = !typed;
      const submit = (event) => {
        event.preventDefault();
        this.#lookUp();
      };
      const form = h("form", { role: "search", "aria-label": words.label, submit },
        h("label", { for: "q" }, words.label),
        h("p", { class: "hint", id: "hint" }, words.hint),
        h("div", { class: "row" }, h("div", { class: "field" }, input, clear), h("button", { class: "go" }, words.go)));
      this.shadowRoot.replaceChildren(h("div", { class: `hd ${settings.theme}`, lang: settings.lang }, form, said, results));
      this.#parts = { settings, words, input, clear, said, results };
    }

    #typed() {
      const { input, clear } = this.#parts;
      clear.hidden = !input.value;
    }

    /** A field of one line drops line ends, and with them the space between two words. */
    #pasted(event) {
      const text = event.clipboardData?.getData("text") ?? "";
      if (!/[\r\n]/.test(text)) return;
      event.preventDefault();
      const { input } = this.#parts;
      input.setRangeText(text.replace(/\s*[\r\n]+\s*/g, " "), input.selectionStart, input.selectionEnd, "end");
      this.#typed();
    }

    #clear() {
      const { input, said, results } = this.#parts;
      this.#asked?.abort();
      input.value = "";
      said.textContent = "";
      results.replaceChildren();
      this.#typed();
      input.focus();
    }

    #say(text, fault = false) {
      const { said } = this.#parts;
      said.className = fault ? "said fault" : "said";
      said.textContent = text;
    }

    /** Runs one question; a later one takes its place. */
    async #asking(work) {
      this.#asked?.abort();
      const { signal } = (this.#asked = new AbortController());
      const { words, results, settings } = this.#parts;
      this.#say(words.working);
      results.setAttribute("aria-busy", "true");
      try {
        await work((path, body) => request(settings, path, body, signal), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Fault)) throw error;
        this.#say(error.said(words), true);
      } finally {
        if (!signal.aborted) results.removeAttribute("aria-busy");
      }
    }

    #lookUp() {
      const { words, input, results } = this.#parts;
      const text = wellFormed(input.value.trim());
      if (!text) {
        this.#say(words.empty);
        input.focus();
        return;
      }
      results.replaceChildren();
      return this.#asking(async (ask, signal) => {
        const { citations } = await ask("/v1/citations", { text });
        if (signal.aborted) return;
        if (listOf(citations).length) this.#showCitations(citations, text);
        else await this.#search(text, ask, signal, words.passages);
      });
    }

    async #search(text, ask, signal, told) {
      const { words, results } = this.#parts;
      const [{ passages }, held] = await Promise.all([ask("/v1/search", { question: text, k: MOST_PASSAGES }), ask("/v1/documents")]);
      if (signal.aborted) return;
      const names = new Map(listOf(held).map(({ id, name }) => [id, name]));
      const found = listOf(passages).map((passage) => ({ ...passage, normal: passage.citation, of: names.get(passage.document) }));
      this.#say(found.length ? told(found.length) : words.nothing);
      const [, list] = links(found, "", this.#view(), "text");
      list?.classList.add("found");
      results.replaceChildren(...(list ? [list] : []));
    }

    #showCitations(citations, text) {
      const { words, results } = this.#parts;
      const cards = citations.slice(0, MOST_CARDS).map((citation) => this.#card(citation));
      const left = citations.length - cards.length;
      const asWords = () => this.#asking((ask, signal) => this.#search(text, ask, signal, words.asWords));
      this.#say(words.found(citations.length) + (left > 0 ? ` ${words.more(left)}` : ""));
      results.replaceChildren(...cards, h("div", { class: "row after" }, h("button", { type: "button", click: asWords }, words.search)));
      this.#reachable();
    }

    #view() {
      const { settings, words } = this.#parts;
      return { api: settings.api, words, follow: (permalink) => this.#open(permalink) };
    }

    #card(citation) {
      const { state, title, body, actions } = shown(citation, this.#view());
      return h("div", { class: "card", role: "group", "aria-label": title.textContent }, state, title, body, actions);
    }

    /** A text that scrolls can be reached with the keyboard. */
    #reachable() {
      for (const words of this.shadowRoot.querySelectorAll(".words")) {
        if (words.scrollHeight > words.clientHeight + 1) words.tabIndex = 0;
      }
    }

    /** Opens a provision of the list in its place; the way back leads to the list as it was. */
    #open(permalink) {
      const { words, results, said } = this.#parts;
      const before = [...results.childNodes];
      const told = said.textContent;
      const from = this.shadowRoot.activeElement;
      return this.#asking(async (ask, signal) => {
        const place = await ask(`/v1${permalink}`);
        if (signal.aborted) return;
        const { document: held = {}, heading_path, text, citation, normal, validity } = place;
        const provision = { heading_path, text, citation, kind: place.kind ?? held.kind, caveat: place.caveat ?? held.caveat };
        const card = this.#card({ normal, permalink: place.permalink ?? permalink, provision, validity });
        const back = () => {
          results.replaceChildren(...before);
          this.#say(told);
          from?.focus();
        };
        card.tabIndex = -1;
        results.replaceChildren(h("div", { class: "row after" }, h("button", { type: "button", click: back }, "← ", words.back)), card);
        this.#say(words.opened);
        this.#reachable();
        card.focus();
      });
    }
  }

  // ---------------------------------------------------------------- the panel of a citation in the page

  const OPEN_AFTER = 160; // milliseconds of rest over a citation
  const CLOSE_AFTER = 320; // enough to move from the citation into the panel
  const EDGE = 8; // pixels to the edge of the window
  const GAP = 6; // pixels between citation and panel
  const TALLEST = 520; // pixels

  /** The one panel. It stands in the page only while it is open. */
  class Panel {
    #host;
    #panel;
    #mark = null;
    #pinned = false;
    #timer = 0;
    #point = null;

    /** Over `mark` in a moment, where the pointer rests. */
    soon(mark, point) {
      clearTimeout(this.#timer);
      if (this.#mark === mark || this.#pinned) return;
      this.#timer = setTimeout(() => this.show(mark, { point }), OPEN_AFTER);
    }

    /** Gone in a moment, unless it was opened on purpose. */
    leave() {
      clearTimeout(this.#timer);
      if (this.#mark && !this.#pinned && document.activeElement !== this.#mark.lead) this.#timer = setTimeout(() => this.close(), CLOSE_AFTER);
    }

    stay() {
      clearTimeout(this.#timer);
    }

    get mark() {
      return this.#mark;
    }

    get pinned() {
      return this.#pinned;
    }

    holds(target) {
      return target === this.#host;
    }

    show(mark, { pinned = false, point = null } = {}) {
      clearTimeout(this.#timer);
      if (this.#mark !== mark) {
        this.close();
        if (!mark.isConnected) return;
        this.#mark = mark;
        this.#point = point;
        this.#build(mark.lead);
        this.#listen(true);
        mark.lead.opened(true);
      }
      this.#pinned ||= pinned;
      this.#place();
      if (pinned) this.#panel.focus({ preventScroll: true });
    }

    /** `back`: the focus returns to the citation. */
    close(back = false) {
      clearTimeout(this.#timer);
      const mark = this.#mark;
      if (!mark) return;
      const held = back || this.#host.matches(":focus-within");
      this.#mark = null;
      this.#pinned = false;
      this.#listen(false);
      mark.lead.opened(false);
      if (held) mark.lead.focusQuietly();
      this.#host.remove();
    }

    #build(mark) {
      const { settings, citation } = mark;
      const words = WORDS[settings.lang];
      const { state, title, body, actions } = shown(citation, { api: settings.api, words });
      title.id = "title";
      body.className = "body";
      const close = h("button", { type: "button", class: "close", "aria-label": words.close, click: () => this.close(true) }, "×");
      this.#panel = h("div",
        { class: `hd panel ${settings.theme}`, lang: settings.lang, role: "dialog", "aria-labelledby": "title", tabindex: "-1",
          keydown: (event) => this.#tab(event), pointerenter: () => this.stay(), pointerleave: () => this.leave() },
        h("div", { class: "top" }, h("div", {}, state, title), close), body, actions && h("div", { class: "foot" }, actions));
      this.#host = document.createElement("hoidap-hop");
      this.#host.setAttribute("data-hoidap-off", "");
      const root = this.#host.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [panelSheet];
      root.append(this.#panel);
      // below a modal dialog everything is inert, so the panel of a citation in one stands in it
      (mark.closest("dialog:modal") ?? document.fullscreenElement ?? document.body).append(this.#host);
      if (this.#host.showPopover) {
        this.#host.setAttribute("popover", "manual");
        this.#host.showPopover();
      }
      if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
    }

    /** Below the line of text it belongs to where there is room, else above it; never over the edge. */
    #place() {
      const rect = this.#line();
      if (!rect) return this.close();
      const { clientWidth: width, clientHeight: height } = document.documentElement;
      const view = { width: width || innerWidth, height: Math.min(height || innerHeight, innerHeight) };
      const room = { below: view.height - rect.bottom - GAP - EDGE, above: rect.top - GAP - EDGE };
      const style = this.#panel.style;
      const body = this.#panel.querySelector(".body");
      const read = body.scrollTop; // lost while the panel is measured
      style.setProperty("max-height", "none");
      const wanted = Math.min(this.#panel.offsetHeight, TALLEST);
      const below = room.below >= wanted || room.below >= room.above;
      const most = Math.max(120, Math.min(TALLEST, below ? room.below : room.above));
      style.setProperty("max-height", `${most}px`);
      body.scrollTop = read;
      if (body.scrollHeight > body.clientHeight + 1) {
        body.tabIndex = 0;
        body.setAttribute("role", "group");
        body.setAttribute("aria-label", WORDS[this.#panel.lang].wording);
      }
      const tall = this.#panel.offsetHeight;
      const top = below ? rect.bottom + GAP : rect.top - GAP - tall;
      const left = Math.min(Math.max(EDGE, rect.left - 12), view.width - this.#panel.offsetWidth - EDGE);
      style.setProperty("top", `${Math.max(EDGE, Math.min(top, view.height - tall - EDGE))}px`);
      style.setProperty("left", `${Math.max(EDGE, left)}px`);
    }

    /** The line under the pointer; without a pointer the whole citation. */
    #line() {
      const point = this.#point;
      const lines = this.#mark.lead.pieces.flatMap((piece) => [...piece.getClientRects()]).filter((rect) => rect.width);
      const under = point && lines.find((rect) => point.y >= rect.top - 2 && point.y <= rect.bottom + 2);
      if (under || !lines.length) return under ?? null;
      const most = (side, of) => of(...lines.map((rect) => rect[side]));
      return { left: most("left", Math.min), top: most("top", Math.min), bottom: most("bottom", Math.max) };
    }

    /** Tab goes from the last control on behind the citation, and from the first back to it. */
    #tab(event) {
      if (event.key !== "Tab") return;
      const stops = [...this.#panel.querySelectorAll("button, a[href], [tabindex='0']")];
      const here = this.#host.shadowRoot.activeElement;
      if (event.shiftKey && (here === this.#panel || here === stops[0])) {
        event.preventDefault();
        this.close(true);
      } else if (!event.shiftKey && here === stops.at(-1)) {
        this.close(true); // and the browser goes on from there
      }
    }

    #listen(on) {
      const change = on ? "addEventListener" : "removeEventListener";
      window[change]("keydown", this.#keydown, true);
      window[change]("pointerdown", this.#pointerdown, true);
      window[change]("scroll", this.#moved, true);
      window[change]("resize", this.#moved);
      window[change]("focusin", this.#focusin);
    }

    #keydown = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    };

    #pointerdown = (event) => {
      const path = event.composedPath();
      if (!path.includes(this.#host) && !path.includes(this.#mark)) this.close();
    };

    #focusin = (event) => {
      if (this.#pinned && !this.holds(event.target) && event.target !== this.#mark.lead) this.close();
    };

    #moved = (event) => {
      if (event?.target === this.#host) return;
      const rect = this.#mark.isConnected && this.#line();
      if (!rect || rect.bottom < 0 || rect.top > innerHeight) this.close();
      else this.#place();
    };
  }

  const panel = new Panel();

  // ---------------------------------------------------------------- a citation in the page

  /**
   * Stands around the words of a citation, which stay where they were: text of the page. Without a citation
   * (also where the page copies one) it changes nothing at all.
   */
  class Mark extends HTMLElement {
    #inner;
    #quiet = false;
    lead = this; // of a citation in several pieces the first, which takes the focus
    pieces = [this]; // of the first: all of them

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [markSheet];
      this.#inner = h("span", {}, h("slot"));
      root.append(this.#inner);
    }

    /** `whole`: the words of the citation where this is only its first piece. */
    dress(citation, settings, lead, whole) {
      Object.assign(this, { citation, settings });
      if (lead) {
        this.lead = lead;
        lead.pieces.push(this);
      }
      const inner = this.#inner;
      inner.className = `m ${citation.status}`;
      inner.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "touch") panel.soon(this, { y: event.clientY });
      });
      inner.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && panel.leave());
      inner.addEventListener("click", (event) => this.#pressed(event));
      if (this.lead !== this) return;
      for (const [name, value] of Object.entries({ role: "button", tabindex: "0", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": whole }))
        if (value) inner.setAttribute(name, value);
      inner.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") this.#pressed(event);
      });
      inner.addEventListener("focus", () => {
        if (!this.#quiet && inner.matches(":focus-visible")) panel.show(this);
      });
      inner.addEventListener("blur", (event) => {
        if (panel.mark === this && !panel.pinned && !panel.holds(event.relatedTarget)) panel.close();
      });
    }

    opened(open) {
      for (const piece of this.pieces) piece.#inner.classList.toggle("open", open);
      this.#inner.setAttribute("aria-expanded", String(open));
    }

    focusQuietly() {
      this.#quiet = true;
      this.#inner.focus({ preventScroll: true });
      this.#quiet = false;
    }

    #pressed(event) {
      if (!getSelection()?.isCollapsed && event.type === "click" && getSelection().containsNode(this, true)) return; // text is being selected
      event.preventDefault();
      event.stopPropagation(); // what stands around the citation was not meant
      if (panel.mark?.lead === this.lead && panel.pinned) panel.close(true);
      else panel.show(this, { pinned: true });
    }
  }

  // ---------------------------------------------------------------- reading the page

  const INLINE = new Set("a abbr acronym b bdi bdo big cite data dfn del em font i ins label mark nobr q s small span strike strong time tt u var wbr".split(" ").concat(MARK));
  const NEVER = new Set(
    ("script style noscript template textarea input select option optgroup datalist output progress meter iframe frame object embed " +
      "canvas audio video picture img map svg math code pre kbd samp head title sup sub hoidap-hop " + BOX).split(" "),
  );
  const ACTIVE = new Set("a button label summary".split(" ")); // their words tell what stands beside them; they stay as they are
  const ACTIVE_ROLES = /^(?:button|link|tab|menuitem\w*|option|checkbox|radio|switch|treeitem|combobox|searchbox|slider)$/;
  const SHUT = "[data-hoidap-off],[contenteditable]:not([contenteditable=false]),[role=textbox],[aria-hidden=true],[inert]";
  const HTML = "http://www.w3.org/1999/xhtml";

  const isActive = (element) => ACTIVE.has(element.localName) || ACTIVE_ROLES.test(element.getAttribute("role") ?? "");
  const isShut = (element) => element.namespaceURI !== HTML || NEVER.has(element.localName) || element.matches(SHUT);

  /** A stretch of running text: `pieces` are the text nodes it is made of, `here` the document it stands in. */
  class Run {
    text = "";
    pieces = [];
    constructor(here) {
      this.here = here;
    }
    add(node, free) {
      this.pieces.push({ node, start: this.text.length, data: node.data, free });
      this.text += node.data;
    }
    /** Whether the page still says so. */
    get current() {
      return this.pieces.every(({ node, data }) => node.isConnected && node.data === data);
    }
  }

  /** The running texts below an element, block by block. */
  function* runsOf(root, here) {
    let run = new Run(here);
    const flush = function* () {
      if (run.text.trim()) yield run;
      run = new Run(here);
    };
    const walk = function* (element, free) {
      for (let child = element.firstChild; child; child = child.nextSibling) {
        if (child.nodeType === Node.TEXT_NODE) run.add(child, free);
        else if (child.nodeType !== Node.ELEMENT_NODE) continue;
        else if (child.localName === "br") run.text += "\n";
        else if (child.localName === "sup" || child.localName === "sub") run.text += " "; // a footnote sign
        else if (isShut(child)) yield* flush();
        else yield* enter(child, free);
      }
    };
    const enter = function* (element, free) {
      const display = INLINE.has(element.localName) ? getComputedStyle(element).display : "block";
      if (display === "none") return;
      const own = free && !isActive(element) && element.localName !== MARK;
      const said = element.getAttribute("data-hoidap-here");
      if (/^(?:inline$|contents)/.test(display) && said === null) return yield* walk(element, own);
      yield* flush();
      const before = here;
      here = said ?? here;
      run.here = here;
      yield* walk(element, own);
      yield* flush();
      here = before;
      run.here = here;
    };
    let active = false;
    for (let above = root; above && !active; above = above.parentElement) active = isActive(above);
    yield* enter(root, !active);
    yield* flush();
  }

  const SEPARATOR = "\n\u241E\n";
  const BATCH = 60_000; // of the 64,000 code points that the API takes
  const PAUSE = 200; // milliseconds without a change before the page is read
  const AGAIN = 15_000; // milliseconds until the one further try
  /** Whether a normal form names an instrument, more than "Kế hoạch" alone. */
  const INSTRUMENT = /\d\s*[/:-]\s*[\dA-ZĐ]|(?:Nghị (?:quyết|định)|Quyết định|Kế hoạch|Thông (?:tư|báo)|Chỉ thị|Chương trình|Tờ trình|Báo cáo|Kết luận|Hướng dẫn|Công (?:văn|điện)|Quy (?:chế|định|chuẩn)|Văn bản|Đề án|Luật|luật|Pháp lệnh|Hiến pháp|Tiêu chuẩn)\s+(?!này|trên|nêu)\S/;

  /** Reads a page and marks its citations. */
  class Reader {
    #settings;
    #here;
    #known = new Map(); // what a snippet holds, asked once
    #only; // a CSS selector
    #dirty = new Set();
    #waiting = []; // runs whose snippets are not all known
    #cuts = new WeakMap(); // a text node of the page -> what was made out of it
    #named = new Set(); // documents that the page names
    #observer = new MutationObserver((records) => this.#changed(records));
    #timer = 0;
    #busy = false;
    #failed = 0;
    #due = 0; // nothing is asked before

    constructor(element) {
      this.#settings = settingsOf(element);
      this.#here = element?.dataset.here ?? "";
      if (document.designMode === "on") return;
      this.#only = element?.dataset.root || "";
      this.#observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      this.#dirty.add(document.body);
      this.#schedule();
    }

    /** What is to be read of an element that has changed. */
    #within(element) {
      return !this.#only || element.closest(this.#only) ? [element] : element.querySelectorAll(this.#only);
    }

    #schedule(wait = PAUSE) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => whenIdle(() => this.#read()), wait);
    }

    #changed(records) {
      for (const { target, type, removedNodes } of records) {
        if (type === "characterData") this.#rewritten(target);
        for (const node of removedNodes) this.#taken(node);
        const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
        if (element?.isConnected && !element.closest("hoidap-hop")) this.#dirty.add(blockOf(element));
      }
      if (this.#dirty.size) this.#schedule();
    }

    /** The page has written anew into a text that was cut: what was cut off it is out of date. */
    #rewritten(node) {
      this.#cuts.get(node)?.parts.forEach((part) => part.remove());
      this.#cuts.delete(node);
    }

    /** The page has taken out or moved a text that was cut: it is whole again, as the page left it. */
    #taken(node) {
      const cut = this.#cuts.get(node);
      // an empty rest may also have been swept away by normalize(), and then the words must stay
      if (!cut || node.data === "" || (node.isConnected && node.parentNode === cut.parts[0].parentNode)) return;
      this.#rewritten(node);
      node.data = cut.data;
    }

    /** Collects the running texts, a little whenever the page is idle. */
    async #read() {
      if (this.#busy || performance.now() < this.#due) return;
      this.#busy = true;
      const wanted = new Set();
      const changed = [...this.#dirty];
      this.#dirty.clear();
      for (const root of changed.filter((element) => element.isConnected).flatMap((element) => [...this.#within(element)])) {
        const outside = root.parentElement?.closest("[data-hoidap-here]");
        if (!root.isConnected || root.closest(SHUT) || isShut(root)) continue;
        for (const run of runsOf(root, outside?.getAttribute("data-hoidap-here") ?? this.#here)) {
          this.#prepare(run, wanted);
          if (run.snippets.length) this.#waiting.push(run);
          if (this.#slow()) await new Promise((resolve) => whenIdle(resolve));
        }
      }
      this.#began = 0;
      if (await this.#ask([...wanted])) this.#settle();
      this.#busy = false;
      if (this.#dirty.size) this.#schedule();
    }

    #began = 0;
    #slow() {
      const now = performance.now();
      if (!this.#began) this.#began = now;
      if (now - this.#began < 12) return false;
      this.#began = 0;
      return true;
    }

    #prepare(run, wanted) {
      const free = (start, end) => run.pieces.some((piece) => piece.free && piece.start < end && piece.start + piece.data.length > start);
      run.snippets = snippets(run.text, Boolean(run.here))
        .filter(([start, end]) => free(start, end))
        .map(([start, end]) => {
          const text = wellFormed(run.text.slice(start, end)).replaceAll("\u241E", " ");
          const key = `${run.here}\n${text}`;
          if (!this.#known.has(key)) wanted.add(key);
          return { key, start };
        });
    }

    /** Asks for snippets, as few requests as fit. False where the API is not there: the text stays plain. */
    async #ask(keys) {
      const batches = new Map(); // here -> lists of snippets
      for (const key of keys) {
        const here = key.slice(0, key.indexOf("\n"));
        const lists = batches.get(here) ?? batches.set(here, [[]]).get(here);
        const size = lists.at(-1).reduce((sum, each) => sum + each.length + SEPARATOR.length, 0);
        if (size + key.length > BATCH) lists.push([]);
        lists.at(-1).push(key.slice(here.length + 1));
      }
      for (const [here, lists] of batches) {
        for (const list of lists) {
          if (list.length && !(await this.#askBatch(here, list))) return false;
        }
      }
      return true;
    }

    async #askBatch(here, list) {
      const text = list.join(SEPARATOR);
      try {
        const { citations } = await request(this.#settings, "/v1/citations", here ? { text, here } : { text });
        this.#learn(here, list, listOf(citations), unitsOf(text));
        this.#failed = 0;
        return true;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.#failed += ["offline", "server", "busy"].includes(error.kind) ? 1 : 2;
        if (this.#failed > 1) this.#stop();
        else this.#later(Math.max(AGAIN, Math.min(error.seconds, 600) * 1000));
        return false;
      }
    }

    /** One further try. */
    #later(wait) {
      this.#due = performance.now() + wait;
      setTimeout(() => this.#retry(), wait + 1);
    }

    #retry() {
      for (const run of this.#waiting.splice(0)) {
        const element = run.pieces[0]?.node.parentElement;
        if (element?.isConnected) this.#dirty.add(blockOf(element));
      }
      this.#schedule(0);
    }

    #stop() {
      this.#observer.disconnect();
      this.#due = Infinity;
      this.#waiting = [];
    }

    /** Leads every citation back to the snippet it stands in. */
    #learn(here, list, citations, units) {
      const hits = list.map(() => []);
      let [at, from] = [0, 0];
      for (const citation of [...citations].sort((one, other) => one.span[0] - other.span[0])) {
        const [start, end] = citation.span.map(units);
        while (at + 1 < list.length && start >= from + list[at].length + SEPARATOR.length) from += list[at++].length + SEPARATOR.length;
        const inside = start >= from && end <= from + list[at].length;
        if (inside && list[at].slice(start - from, end - from) === citation.text) hits[at].push({ start: start - from, end: end - from, citation });
      }
      list.forEach((snippet, i) => this.#known.set(`${here}\n${snippet}`, hits[i]));
    }

    /** Marks what is known by now. */
    #settle() {
      this.#changed(this.#observer.takeRecords());
      const runs = this.#waiting.splice(0);
      const named = this.#named.size;
      for (const run of runs) this.#name(run);
      if (named && this.#named.size > named) this.#dirty.add(document.body);
      const selection = getSelection();
      for (const run of runs) {
        if (!run.current) continue; // it has changed, and will be read again
        if (selection && !selection.isCollapsed && run.pieces.some(({ node }) => selection.containsNode(node, true))) {
          this.#dirty.add(blockOf(run.pieces[0].node.parentElement)); // nobody's selection is disturbed
          continue;
        }
        this.#mark(run);
      }
      this.#observer.takeRecords(); // all of it was done here
      if (this.#dirty.size) this.#schedule(1500);
    }

    /** A clause without its document is only shown where the page names that document somewhere. */
    #name(run) {
      for (const { key } of run.snippets) {
        for (const { citation } of this.#known.get(key) ?? []) {
          if (citation.document && INSTRUMENT.test(citation.normal)) this.#named.add(citation.document);
        }
      }
    }

    #judged(citation, here) {
      if (here || !citation.document || INSTRUMENT.test(citation.normal)) return citation;
      return { ...citation, status: "possible" };
    }

    /** The citations of a run, the longest first where two readings overlap, in order. */
    #hits(run) {
      const hits = run.snippets.flatMap(({ key, start }) =>
        (this.#known.get(key) ?? []).map((hit) => ({ start: hit.start + start, end: hit.end + start, citation: this.#judged(hit.citation, run.here) })));
      const bare = ({ citation }) => !run.here && !INSTRUMENT.test(citation.normal);
      const worth = (hit) => bare(hit)
        ? hit.citation.provision && this.#named.has(hit.citation.document)
        : SHOWN.has(hit.citation.status);
      const kept = [];
      for (const hit of hits.sort((one, other) => other.end - other.start - (one.end - one.start) || one.start - other.start)) {
        if (kept.every(({ start, end }) => hit.end <= start || hit.start >= end)) kept.push(hit);
      }
      return kept.filter(worth).sort((one, other) => one.start - other.start);
    }

    #mark(run) {
      const hits = this.#hits(run);
      for (const hit of hits) hit.lead = null;
      for (const piece of run.pieces) {
        if (!piece.free) continue;
        const end = piece.start + piece.data.length;
        const inside = hits.filter((hit) => hit.start < end && hit.end > piece.start);
        if (inside.length) this.#cut(run, piece, inside);
      }
    }

    /** Cuts a text node: the page keeps its node, with the longest stretch of plain text, in its place. */
    #cut(run, { node, start, data }, hits) {
      const parts = [];
      let at = 0;
      for (const hit of hits) {
        const [from, to] = [Math.max(0, hit.start - start), Math.min(data.length, hit.end - start)];
        if (!data.slice(from, to).trim()) continue;
        if (from > at) parts.push(data.slice(at, from));
        const mark = document.createElement(MARK);
        mark.append(data.slice(from, to));
        const whole = to - from < hit.end - hit.start ? run.text.slice(hit.start, hit.end).replace(/\s+/g, " ") : null;
        mark.dress(hit.citation, this.#settings, hit.lead, whole);
        hit.lead ??= mark;
        parts.push(mark);
        at = to;
      }
      if (at < data.length) parts.push(data.slice(at));
      this.#replace(node, data, parts);
    }

    #replace(node, data, parts) {
      const parent = node.parentElement;
      const boxed = /flex|grid/.test(getComputedStyle(parent).display); // there every stretch of text is a box
      const plain = parts.filter((part) => typeof part === "string").sort((one, other) => other.length - one.length)[0];
      if (boxed || plain === undefined) {
        const whole = boxed ? [document.createElement(MARK)] : parts;
        if (boxed) whole[0].append(...parts);
        node.data = "";
        node.after(...whole);
        this.#cuts.set(node, { parts: whole, data });
        return;
      }
      const place = parts.indexOf(plain);
      const made = parts.map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
      node.data = plain;
      node.before(...made.slice(0, place));
      node.after(...made.slice(place + 1));
      this.#cuts.set(node, { parts: made.filter((_, i) => i !== place), data });
    }
  }

  const whenIdle = (work) => (window.requestIdleCallback ? requestIdleCallback(work, { timeout: 1000 }) : setTimeout(work, 1));

  /** The block an element's text belongs to. */
  const blockOf = (element) => {
    while (INLINE.has(element.localName) && element.parentElement) element = element.parentElement;
    return element;
  };

  const reading = new Set();
  const readPage = (element) => {
    const root = element?.dataset.root ?? "";
    if (element?.dataset.auto === undefined || reading.has(root)) return;
    reading.add(root);
    // after the page's own scripts have had their turn
    const begin = () => whenIdle(() => new Reader(element));
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { once: true });
  };

  customElements.define(MARK, Mark);
  customElements.define(BOX, LookUpBox);
  readPage(script);
})();
