// What every sample does with the package: an element that shows a chain, and a
// report without an element.

import { analyze } from "certlens";
import "certlens/elements";

const chain = await (await fetch("./chain.pem")).text();
document.querySelector("cert-lens").value = chain;

const report = await analyze(chain, { host: "shop.example.com", at: "2026-11-20T12:00:00Z" });
document.querySelector("#summary").textContent = report.diagnosis.summary;
