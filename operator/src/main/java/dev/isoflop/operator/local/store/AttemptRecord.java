package dev.isoflop.operator.local.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.trial.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which process runs, or ran, a trial's newest attempt; the file by which a later run knows a
 * worker that outlived its parent. See {@link ProcessIdentity} for all but the number.
 *
 * @param number of the attempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptRecord(
    int number, long pid, String startedAt, @Nullable String program, @Nullable String user) {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  public static AttemptRecord of(int number, ProcessIdentity process) {
    return new AttemptRecord(
        number, process.pid(), process.startedAt(), process.program(), process.user());
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

  /** The process as it was when it was started. */
  public ProcessIdentity process() {
    return new ProcessIdentity(pid, startedAt, program, user);
  }

  public Instant start() {
    return Instant.parse(startedAt);
  }
}
