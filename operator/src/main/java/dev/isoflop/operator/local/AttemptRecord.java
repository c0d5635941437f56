package dev.isoflop.operator.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Which process runs, or ran, a trial's newest attempt; the file by which a later run knows a
 * worker that outlived its parent.
 *
 * @param number of the attempt
 * @param startedAt as the system reports it, in ISO 8601; with the id it names one process
 */
record AttemptRecord(int number, long pid, String startedAt) {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  static AttemptRecord of(int number, Worker worker) {
    return new AttemptRecord(number, worker.pid(), worker.startedAt().toString());
  }

  static AttemptRecord read(Path file) throws IOException {
    AttemptRecord attempt = MAPPER.readValue(Files.readAllBytes(file), AttemptRecord.class);
    if (attempt == null || attempt.startedAt() == null) {
      throw new IOException("the file is incomplete");
    }
    return attempt;
  }

  byte[] json() throws IOException {
    return MAPPER.writeValueAsBytes(this);
  }

  Instant start() {
    return Instant.parse(startedAt);
  }
}
