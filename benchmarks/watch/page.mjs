// How long the page of `swax watch` takes with many runs: node page.mjs ADDRESS CHROMIUM, in a folder
// where playwright-core is installed, such as tests/browser.

import { chromium } from "playwright-core";

const [address, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.setDefaultTimeout(300_000);

let began = Date.now();
await page.goto(address);
await page.locator("#runs li").first().waitFor();
const runs = await page.locator("#runs li").count();
console.log(`${runs} runs listed after ${Date.now() - began} ms`);

began = Date.now();
await page.locator("[data-choose=shown]").click();
await page.waitForFunction(
  (all) => document.querySelector(".chart canvas")?.getAttribute("aria-label")?.includes(`${all} curves`), runs);
console.log(`all drawn after ${Date.now() - began} ms`);

const times = await page.evaluate(async () => {
  const slider = document.getElementById("smooth");
  const taken = [];
  for (let i = 0; i < 21; i++) {
    const start = performance.now();
    slider.value = 0.3 + i * 0.03;
    slider.dispatchEvent(new Event("input"));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b);
});
console.log(`the charts on the screen drawn anew: median ${Math.round(times[10])} ms, longest ${Math.round(times.at(-1))} ms`);
await browser.close();
