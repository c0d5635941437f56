package dev.isoflop.operator.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks {@code nvidia-smi}, which comes with the driver, which GPUs there are. */
public final class NvidiaSmi {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SHOWN_OUTPUT = 300;

  /** Output, with a status of failure, where the driver has no device. */
  private static final String NO_DEVICES = "No devices were found";

  private static final Pattern GPU =
      Pattern.compile("GPU (\\d+): (.+?) \\(UUID: (GPU-[0-9A-Za-z-]+)\\)");
  private static final Pattern MIG =
      Pattern.compile("\\s+MIG (\\S+)\\s+Device\\s+(\\d+): \\(UUID: (MIG-[0-9A-Za-z/-]+)\\)");
  private static final Pattern PROFILE_MEMORY = Pattern.compile("\\.(\\d+)gb");

  private final String command;

  /**
   * Asks one program.
   *
   * @param command path or name of the driver's program
   */
  public NvidiaSmi(String command) {
    this.command = command;
  }

  /**
   * The devices of this machine, in the order of their numbers; empty where there is no such
   * program, and so no driver. A GPU that is split into MIG instances is listed as these.
   *
   * @throws GpuException if the driver does not answer
   */
  public List<Gpu> gpus() throws GpuException {
    String listing;
    try {
      listing = output("-L");
    } catch (IOException e) { // no such program
      return List.of();
    }
    try {
      return read(
          listing,
          output("--query-gpu=uuid,memory.total,memory.used", "--format=csv,noheader,nounits"));
    } catch (IOException e) {
      throw failed("cannot be run: " + e.getMessage());
    }
  }

  /** Reads both of its answers. */
  static List<Gpu> read(String listing, String memory) {
    Map<String, String[]> memoryByUuid = new HashMap<>();
    for (String line : memory.lines().toList()) {
      String[] fields = line.split(",", -1);
      if (fields.length == 3) {
        memoryByUuid.put(fields[0].strip(), fields);
      }
    }
    List<Gpu> gpus = new ArrayList<>();
    String number = "";
    String whole = "";
    for (String line : listing.lines().toList()) {
      Matcher gpu = GPU.matcher(line);
      Matcher mig = MIG.matcher(line);
      if (gpu.matches()) {
        number = gpu.group(1);
        whole = gpu.group(3);
        String[] sizes = memoryByUuid.getOrDefault(whole, new String[] {"", "", ""});
        gpus.add(new Gpu(number, whole, gpu.group(2), mebibytes(sizes[1]), mebibytes(sizes[2])));
      } else if (mig.matches()) {
        String parent = whole;
        gpus.removeIf(it -> it.uuid().equals(parent));
        gpus.add(
            new Gpu(
                number + ":" + mig.group(2),
                mig.group(3),
                "MIG " + mig.group(1),
                ofProfile(mig.group(1)),
                OptionalLong.empty()));
      }
    }
    return List.copyOf(gpus);
  }

  /** Empty for {@code [N/A]}, as some devices answer. */
  private static OptionalLong mebibytes(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()) << 20);
    } catch (NumberFormatException notTold) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong ofProfile(String profile) {
    Matcher matcher = PROFILE_MEMORY.matcher(profile);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)) << 30)
        : OptionalLong.empty();
  }

  private String output(String... arguments) throws IOException, GpuException {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(arguments));
    Path answer = Files.createTempFile("isoflop-nvidia-smi", ".txt");
    Process process = null;
    try {
      process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(answer.toFile())
              .start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw failed("did not answer within %d s".formatted(LIMIT.toSeconds()));
      }
      String text = Files.readString(answer, UTF_8);
      if (process.exitValue() != 0 && !text.contains(NO_DEVICES)) {
        String shown = text.strip().replaceAll("\\s+", " ");
        throw failed(
            "ended with exit code %d: %s"
                .formatted(
                    process.exitValue(),
                    shown.substring(0, Math.min(SHOWN_OUTPUT, shown.length()))));
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for");
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(answer);
    }
  }

  private GpuException failed(String how) {
    return new GpuException(
        "'%s', which lists the GPUs, %s".formatted(command, how),
        "fix the NVIDIA driver, or train on the CPU with --gpus none");
  }
}
