// Filters the lists. Without this script everything is simply shown.
(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  const find = document.getElementById("find");
  const free = document.getElementById("free");
  const shown = document.getElementById("shown");
  const lists = [...document.querySelectorAll("section ul")].filter((one) =>
    one.querySelector(":scope > [data-find]"),
  );

  const apply = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const list of lists) {
      let some = 0;
      for (const one of list.children) {
        const fits = words.every((word) => one.dataset.find.includes(word));
        one.hidden = !fits || (free.checked && one.dataset.free === "");
        some += !one.hidden;
      }
      list.hidden = some === 0;
      list.parentElement.querySelector(".none").hidden = some > 0;
      count += some;
    }
    shown.textContent = words.length || free.checked ? `${count} found` : "";
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
