// The scanner: what happens when. Everything that can be said without a page is in the modules beside.

import { isUnanswered } from "./api.js";
import { expectedDays, isOfPitch } from "./arrivals.js";
import { textsInPhoto } from "./camera.js";
import { parse, PREFIX } from "./codec.js";
import { makeCounting } from "./counting.js";
import { enrolmentCodeIn } from "./enrolment.js";
import { makeHolding } from "./holding.js";
import { makeLeaving } from "./leaving.js";
import { makeLens } from "./lens.js";
import { checkRows, vehicleDays } from "./lists.js";
import { makeMessagesView } from "./messages_view.js";
import { askForStorage, isInstallable, isStorageKept, nextAct, preflightRows } from "./preflight.js";
import { openSession } from "./session.js";
import { fromShortCode } from "./short_code.js";
import { makeSignals } from "./signals.js";
import { makeStage } from "./stage.js";
import { makeSearch } from "./supervise.js";
import { makeUi } from "./ui.js";
import { takeNewVersion, watchVersions } from "./versions.js";
import { makeWedge } from "./wedge.js";

const STATUS_EVERY_MS = 5000;
const SIGNED_OUT = "#revoked";

const texts = JSON.parse(document.getElementById("texts").textContent);
const home = new URL("dist/scanner/", new URL(document.body.dataset.root, location.href));
const ui = makeUi(document, texts);
const signals = makeSignals();
const wedge = makeWedge();
const lens = makeLens({ ui, home, onText: (text) => onText(text, "camera") });
const facts = { camera: null, isPersistent: null, isOnline: null, isOver: false, isUnsaved: false, isUnsendable: false };

let isNewInView = makeHolding();
let session;
let told;
let stage;
let counting;
let search;
let leaving;
let training = null;

const gateInUse = () => training ?? session.gate;
const direction = () => document.querySelector("input[name=direction]:checked").value;

// By the server's clock where it is known: a phone's clock may jump. Null before anything was fetched.
function ageOfData() {
  const fetchedAt = session.knowledge.fact("fetchedAt") ?? null;
  return fetchedAt === null ? null : session.time().at - fetchedAt;
}

// ─── showing ───

async function showStatus() {
  if (facts.isOver) return;
  told.show();
  const counts = await session.queue.counts();
  const sent = session.knowledge.fact("sent") ?? 0;
  facts.isUnsaved = counts.unsaved > 0;
  ui.status({ ...counts, sent, age: ageOfData(), isOnline: facts.isOnline });
  ui.show("trouble-storage", !session.hasDisk);
  if (ui.screenName() === "ready") showChecks();
  if (ui.screenName() === "menu") showFacts();
}

function showWhere() {
  const manifest = session.knowledge.manifest();
  ui.say("gate", session.gateName());
  ui.say("edition", manifest?.edition.name ?? session.device()?.edition.name ?? "");
  ui.show("to-vehicles", arrivals().length > 0);
  ui.show("to-search", search.isSupervisor());
  if (ui.screenName() === "vehicles") showVehicles();
}

function showChecks() {
  const isTrained = session.knowledge.fact("isTrained");
  const rows = preflightRows({ ...facts, age: ageOfData(), isTrained, isInstallable: isInstallable() }, ui.t);
  ui.part("checks").replaceChildren(...checkRows(rows, ui.t));
  ui.say("readiness", ui.t(rows.every(({ state }) => state === "good") ? "ready_good" : "ready_open"));
  ui.part("ready-acts").dataset.next = nextAct(rows);
}

function onShown(taken) {
  if (training && taken.verdict === "admitted") session.knowledge.keepFact("isTrained", true);
  showStatus();
}

const show = (taken) => stage.show(taken, { isTraining: training !== null });
const arrivals = () => session.knowledge.manifest()?.arrivals ?? [];

function showVehicles() {
  const typed = ui.part("pitch").value;
  const found = arrivals().filter((arrival) => isOfPitch(arrival, typed));
  const missing = typed.trim() ? "vehicles_not_found" : "vehicles_none";
  ui.say("vehicles-refusal", found.length === 0 ? ui.t(missing) : "");
  ui.part("vehicles").replaceChildren(...vehicleDays(expectedDays(found, session.time().at), ui));
}

function showFacts() {
  const { device, knowledge } = session;
  const status = knowledge.fact("status");
  const rows = [[ui.t("fact_phone"), device()?.device ?? ""]];
  if (status) {
    rows.push([ui.t("fact_gate_admitted"), status.gate.admitted], [ui.t("fact_gate_tallied"), status.gate.tallied_in]);
    rows.push([ui.t("fact_inside"), status.edition.inside_now]);
  }
  ui.facts(rows);
}

// ─── reading ───

async function onText(text, entry) {
  if (entry === "camera" && !isNewInView(text, performance.now())) return;
  const screen = ui.screenName();
  if (screen === "linking") await connect(enrolmentCodeIn(text));
  else if (screen === "looking") await lookUp(text);
  else if (screen === "scan") show(await taken(text, entry));
}

// A scanner that types may have read the short code under the QR code, or somebody types it on a keyboard.
function taken(text, entry) {
  const { passId } = entry === "wedge" ? fromShortCode(text) : {};
  return passId ? gateInUse().typed(passId, direction()) : gateInUse().read(text, entry, direction());
}

// A pass before the camera, looked up without a scan. Whose it is doesn't hang on a signature.
async function lookUp(text) {
  const { fields, claimedPassId } = await parse(text, {}, async () => true);
  const passId = fields?.passId ?? claimedPassId;
  if (!passId) return;
  openSearch();
  await search.lookUp(passId);
}

async function onTyped(form) {
  const text = form.elements.short_code.value.trim();
  // A scanner that types may have found the field.
  const isPass = text.startsWith(PREFIX);
  const { passId, refusal } = isPass ? {} : fromShortCode(text);
  ui.say("typed-refusal", refusal ? ui.t(refusal) : "");
  if (refusal) return;
  form.reset();
  ui.part("typed").close();
  if (isPass) await onText(text, "wedge");
  else show(await gateInUse().typed(passId, direction()));
}

async function onPhoto(input) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  const found = await textsInPhoto(file).catch(() => []);
  ui.alarm(found.length === 0 ? "photo_without_code" : null);
  if (!found.length) stage.hide(); // What was said of somebody else is not the answer to this photo.
  for (const text of found) await onText(text, "photo");
}

function onKey(event) {
  if (event.target.closest?.("input:not([type=radio]), select, textarea, dialog")) return;
  const { text, isTyping } = wedge.press(event, event.timeStamp);
  // Else the spaces and the Enter of a scanner would press the button that was pressed last.
  if (isTyping) event.preventDefault();
  if (text !== null) onText(text, "wedge");
}

// ─── screens ───

async function openScan() {
  signals.unlock();
  stage.hide();
  ui.screen("scan");
  ui.show("training-banner", training !== null);
  ui.show("training-pass", training !== null);
  await look();
}

// The picture first: the decoder may still be on its way.
async function look() {
  isNewInView = makeHolding();
  const opened = lens.open();
  if (!(await lens.prepare())) ui.alarm("no_decoder");
  await opened;
}

function leaveTraining() {
  if (training) stage.clear();
  training = null;
  ui.show("training-banner", false);
}

async function openReady() {
  leaveTraining();
  lens.close();
  showChecks();
  ui.screen("ready");
  facts.isPersistent ??= await isStorageKept();
  showChecks();
}

function openMenu() {
  leaveTraining();
  lens.close();
  showFacts();
  ui.screen("menu");
}

function openEnrol() {
  lens.close();
  ui.show("enrol-back", session.device() !== null);
  ui.screen("enrol");
}

function openSearch() {
  lens.close();
  search.open();
  ui.screen("search");
}

async function openCamera(screen) {
  ui.screen(screen);
  await look();
}

async function checkPhone() {
  signals.unlock();
  const hasCamera = await lens.open();
  facts.camera = hasCamera ? ((await lens.prepare()) ? "works" : "reader") : lens.problem();
  lens.close();
  facts.isPersistent = session.hasDisk && (await askForStorage());
  await session.sync.renew();
  showChecks();
}

async function train() {
  training = await session.training();
  if (!training) return ui.alarm("train_without_data");
  stage.clear();
  counting.clear();
  await openScan();
}

const forgetLink = () => history.replaceState(null, "", location.pathname + location.search);

// What stands after # in the address is a link, whole or cut off; or that the phone was signed out, from this page itself.
async function openLink() {
  if (facts.isOver || ["", SIGNED_OUT].includes(location.hash)) return;
  await connect(enrolmentCodeIn(location.hash));
}

async function connect(code) {
  ui.alarm(null);
  // Whatever comes of it: loaded again, the page asks for no answer again.
  if (session.device() || !code) forgetLink();
  if (session.device()) return leaving.moveTo(code);
  if (!code) return ui.alarm("connect_malformed");
  const answer = await session.enrol(code, ui.part("nickname").value.trim());
  if (answer.status !== 201) return ui.alarm(isUnanswered(answer) ? "connect_unreachable" : "connect_refused");
  forgetLink();
  lens.close();
  await session.fetchLanguages(ui.languages);
  await session.sync.now();
  showWhere();
  await openReady();
}

function speak(language) {
  session.knowledge.keepFact("language", language);
  ui.speak(language);
  stage.speak();
  showWhere();
  showStatus();
  if (session.device()) session.sync.renew();
}

function chooseTheme(name) {
  ui.theme(name);
  session.knowledge.keepFact("theme", name);
}

// ─── what the background work says ───

const heard = {
  sent: ({ count }) => session.knowledge.keepFact("sent", (session.knowledge.fact("sent") ?? 0) + count),
  status: ({ status }) => session.knowledge.keepFact("status", status),
  message: () => signals.play("message"),
  fetched() {
    facts.isOnline = true;
    session.knowledge.keepFact("fetchedAt", session.time().at);
    showWhere();
  },
  failed() {
    facts.isOnline = false;
  },
  expired({ isSent }) {
    facts.isOnline = true;
    facts.isUnsendable = !isSent;
    ui.alarm(isSent ? "device_expired" : "device_unsendable");
  },
  revoked({ isSent }) {
    facts.isOnline = true;
    if (isSent) leaving.revoked();
    else ui.alarm("device_revoked");
  },
  // Another page signed this phone out: this one goes on only for what it holds in memory alone.
  taken() {
    if (facts.isOver || session.queue.unsavedCount() > 0) return;
    facts.isOver = true;
    session.sync.stop();
    location.reload();
  },
};

function listen() {
  ui.on("connect", (form) => connect(enrolmentCodeIn(form.elements.code.value)));
  ui.on("linking", () => openCamera("linking"));
  ui.on("enrol", openEnrol);
  ui.on("check", checkPhone);
  ui.on("start", () => (leaveTraining(), openScan()));
  ui.on("scan", openScan);
  ui.on("camera", () => lens.open());
  ui.on("ready", openReady);
  ui.on("menu", openMenu);
  ui.on("vehicles", () => (showVehicles(), ui.screen("vehicles")));
  ui.part("pitch").addEventListener("input", showVehicles);
  ui.on("tally-screen", () => (counting.show(), ui.screen("tally")));
  ui.on("tally", async (button) => (await counting.count(Number(button.dataset.count)), showStatus()));
  ui.on("type", () => (ui.say("typed-refusal", ""), ui.part("typed").showModal()));
  ui.on("typed", onTyped);
  ui.on("close-typed", () => ui.part("typed").close());
  ui.on("photo", onPhoto);
  ui.on("torch", lens.switchLight);
  ui.on("let-in", async () => show(await gateInUse().letIn(stage.shown())));
  ui.on("undo", async () => (await session.gate.undo(stage.entry()), stage.hide(), showStatus()));
  ui.on("next", stage.hide);
  ui.on("train", train);
  ui.on("training-pass", () => onText(session.knowledge.manifest().training.pass, "tap"));
  ui.on("search-screen", openSearch);
  ui.on("search", () => search.submit());
  ui.on("looking", () => openCamera("looking"));
  ui.part("search").addEventListener("input", search.typed);
  ui.on("send", () => session.sync.renew());
  ui.on("take-version", takeNewVersion);
  ui.on("export", leaving.export);
  ui.on("sign-out", leaving.signOut);
  ui.on("language", (select) => speak(select.value));
  ui.on("theme", (select) => chooseTheme(select.value));
  document.addEventListener("keydown", onKey);
  addEventListener("online", () => session.device() && session.sync.now()); // A hint to try sooner, never believed.
  addEventListener("beforeunload", (event) => facts.isUnsaved && event.preventDefault());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !session.device() || facts.isOver) return;
    session.sync.now();
    if (["scan", "looking"].includes(ui.screenName())) lens.open();
  });
  // The same tab sent to another link: the page stays, only the part after # changes.
  addEventListener("hashchange", openLink);
}

async function boot() {
  session = await openSession("/api/v1/gate", (message) => {
    if (!session) return;
    heard[message.kind]?.(message);
    showStatus();
  });
  told = makeMessagesView(document, { ui, messages: session.messages, onRead: () => (session.sync.soon(0), showStatus()) });
  stage = makeStage({ ui, session, signals, onShown });
  search = makeSearch({ ui, session, stage, onUndone: showStatus });
  leaving = makeLeaving({ ui, session, facts });
  counting = makeCounting({ ui, session, signals, gate: gateInUse, direction, isTraining: () => training !== null });
  listen();
  ui.theme(session.knowledge.fact("theme") ?? "auto");
  speak(session.knowledge.language() ?? document.documentElement.lang);
  if (isInstallable()) ui.show("install");
  if (session.device()) await openReady();
  else openEnrol();
  if (location.hash === SIGNED_OUT) ui.alarm("device_forgotten");
  await openLink();
  setInterval(showStatus, STATUS_EVERY_MS);
  if (!(await lens.prepare())) ui.alarm("no_decoder");
  // After the decoder: what the worker keeps is then asked for, and not sent again.
  watchVersions(() => ui.show("new-version"));
}

boot();
