// Brings a quote into view on a document's reading page.
const quote = document.querySelector("mark");
if (quote) requestAnimationFrame(() => quote.scrollIntoView({ block: "center" }));
