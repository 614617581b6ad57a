// One question at a time to the program; of those that wait only the newest is asked. Breaking one off would close a connection each time.

export class Latest {
  constructor(ask) {
    this.ask = ask;
    this.seq = 0;
  }

  // Gives the answer, or nothing where a newer question has replaced it.
  async put(question) {
    this.waiting?.(null);
    this.waiting = null;
    const seq = ++this.seq;
    if (this.isAsking) {
      const turn = await new Promise(go => {
        this.waiting = go;
      });
      if (turn === null) return null;
    }
    this.isAsking = true;
    try {
      const answer = await this.ask({ ...question, seq });
      return Number(answer.notes.seq) === this.seq ? answer : null;
    } finally {
      this.isAsking = false;
      const next = this.waiting;
      this.waiting = null;
      next?.(true);
    }
  }
}
