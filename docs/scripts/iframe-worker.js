// No browser starts a worker of a page that is opened from the disk. There, the script of the search runs in a hidden
// frame that passes messages as a worker does. The name of this file tells Zensical to fetch no other one.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(address) {
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.srcdoc = "<!doctype html>";
      this.started = new Promise((start) => {
        this.frame.addEventListener("load", () => this.run(address, start), { once: true });
      });
      document.body.append(this.frame);
    }

    run(address, start) {
      const { contentDocument, contentWindow } = this.frame;
      contentWindow.postMessage = (data) => this.onmessage?.({ data: structuredClone(data) });
      const script = contentDocument.createElement("script");
      script.src = address;
      script.onload = start;
      script.onerror = (fault) => this.onerror?.(fault);
      contentDocument.body.append(script);
    }

    postMessage(data) {
      this.started.then(() => this.frame.contentWindow.onmessage?.({ data: structuredClone(data) }));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
