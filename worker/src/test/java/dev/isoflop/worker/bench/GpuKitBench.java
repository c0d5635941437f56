package dev.isoflop.worker.bench;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.Parameter;
import dev.isoflop.worker.model.ParameterInventory;
import dev.isoflop.worker.model.StepSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.torch.TorchScriptArchive;
import dev.isoflop.worker.torch.TorchScriptSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Writes what {@code worker/bench/gpu.py} runs on a machine that has a GPU and a Python PyTorch but
 * no Java: the archives that the worker would run there, and a training of the CPU, step by step,
 * to be repeated there. Into {@code -Disoflop.kit=FOLDER}, else {@code target/gpu-kit}.
 */
@Tag("bench")
final class GpuKitBench {
  private static final int STEPS = 200;
  private static final int BATCH = 32;
  private static final RunSeed SEED = new RunSeed(0);

  /** 21.2M, 99.2M and 523M parameters on 256 image tokens, 32 text tokens and the time. */
  private static final Map<String, TransformerShape> SIZES =
      Map.of(
          "20M", latents(12, 384),
          "100M", latents(14, 768),
          "500M", latents(22, 1408));

  private final Path folder = Path.of(System.getProperty("isoflop.kit", "target/gpu-kit"));
  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static TransformerShape latents(int layers, int width) {
    return new TransformerShape(Architecture.InContext, layers, width, 64, 2, 32, 4, 32, 384);
  }

  @Test
  void writesTheKit() throws Exception {
    Files.createDirectories(folder);
    Map<String, Object> kit = new LinkedHashMap<>();
    for (Map.Entry<String, TransformerShape> size : SIZES.entrySet()) {
      TransformerShape shape = size.getValue();
      TorchScriptArchive archive =
          ModelArchive.pack(shape, BenchTraining.SPEC, new ModelPrecision(true, true));
      kit.put(size.getKey(), model(size.getKey() + ".pt", shape, archive));
    }
    kit.put("replay", replay());
    json.writeValue(folder.resolve("kit.json").toFile(), kit);
  }

  private Map<String, Object> model(String file, TransformerShape shape, TorchScriptArchive archive)
      throws IOException {
    Files.write(folder.resolve(file), archive.toBytes());
    ParameterInventory inventory = ParameterInventory.of(shape);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("archive", file);
    model.put("parameters", shape.parameters());
    model.put("size", inventory.size());
    model.put("decayed", inventory.decayed());
    model.put("weights", inventory.weights().stream().map(Parameter::shape).toList());
    model.put("vectors", inventory.vectors().stream().map(Parameter::shape).toList());
    model.put("edge", shape.imageSize() / shape.patchSize());
    model.put("width", shape.width());
    model.put("image", List.of(shape.channels(), shape.imageSize(), shape.imageSize()));
    model.put("text", List.of(shape.textTokens(), shape.textWidth()));
    model.put("flopsPerSample", shape.trainingFlops());
    return model;
  }

  /** Trains on the CPU in both precisions, from equal weights on equal batches. */
  private Map<String, Object> replay() throws Exception {
    TransformerShape shape =
        new TransformerShape(Architecture.InContext, 4, 128, 32, 2, 16, 1, 8, 32);
    TorchScriptArchive half =
        ModelArchive.pack(shape, BenchTraining.SPEC, new ModelPrecision(true, false));
    TorchScriptArchive device =
        ModelArchive.pack(shape, BenchTraining.SPEC, new ModelPrecision(true, true));
    Map<String, Object> replay = model("replay.pt", shape, noiseOfTheCpu(device));
    replay.put("batch", BATCH);
    replay.put("steps", steps());
    replay.put("cpuBF16", train(shape, half, true));
    replay.put(
        "cpuFP32",
        train(
            shape,
            ModelArchive.pack(shape, BenchTraining.SPEC, new ModelPrecision(false, true)),
            false));
    return replay;
  }

  /** Generators of CPU and GPU differ, so the repetition draws where the original drew. */
  private static TorchScriptArchive noiseOfTheCpu(TorchScriptArchive archive) {
    List<TorchScriptSource> sources = new ArrayList<>();
    for (TorchScriptSource source : archive.sources()) {
      String text = source.text();
      if (source.module().equals("noise")) {
        text = text.replace("device=like.device)", "device=on_cpu(like).device).to(like.device)");
        if (text.equals(source.text())) {
          throw new IllegalStateException("noise.py draws in another way than this expects");
        }
      }
      sources.add(new TorchScriptSource(source.module(), text));
    }
    return new TorchScriptArchive(
        archive.module(), archive.className(), archive.attributes(), sources);
  }

  private static List<Map<String, Object>> steps() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      StepSettings settings = settings(step);
      steps.add(
          Map.of(
              "seeds",
              List.of(
                  SEED.derive(RandomPurpose.TRAINING_NOISE, step),
                  SEED.derive(RandomPurpose.TRAINING_TIMES, step),
                  SEED.derive(RandomPurpose.CAPTION_DROPOUT, step)),
              "rate",
              settings.learningRate(),
              "decay",
              settings.averageDecay()));
    }
    return steps;
  }

  private static StepSettings settings(int step) {
    return new StepSettings(step, 2e-4 * Math.min(1, step / 20.0), 0.99);
  }

  private List<Double> train(TransformerShape shape, TorchScriptArchive archive, boolean keep)
      throws Exception {
    ImageShape images = new ImageShape(shape.channels(), shape.imageSize());
    TorchRuntime torch = TorchRuntime.start(2);
    List<Double> losses = new ArrayList<>();
    try (PtNDManager manager = torch.newManager();
        DiffusionModel model = new DiffusionModel(manager, shape, archive);
        ModelState state = model.initialState(new RunSeed(1));
        BatchReader batches =
            new BatchReader(
                new SceneDataset("bench", Manner.SOLID, images).train(1, 0),
                images,
                new HashedTextEncoder(shape.textTokens(), shape.textWidth()),
                BatchReader.Options.ofBatchSize(BATCH));
        OutputStream pictures = keep ? open("pictures.f32") : OutputStream.nullOutputStream();
        OutputStream text = keep ? open("text.f32") : OutputStream.nullOutputStream();
        OutputStream start = keep ? open("start.f32") : OutputStream.nullOutputStream()) {
      state.read(
          ModelState.Section.PARAMETERS, 0, state.inventory().size(), bytes -> copy(bytes, start));
      for (int step = 1; step <= STEPS; step++) {
        Batch batch = batches.next().orElseThrow();
        copy(batch.images(), pictures);
        copy(batch.text(), text);
        losses.add(
            model.trainStep(state, batch.images(), batch.text(), SEED, settings(step)).loss());
      }
    }
    return losses;
  }

  private OutputStream open(String name) throws IOException {
    return Files.newOutputStream(folder.resolve(name));
  }

  private static void copy(ByteBuffer bytes, OutputStream to) throws IOException {
    Channels.newChannel(to).write(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }
}
