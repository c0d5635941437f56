package dev.isoflop.operator.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A package with a network of every kind of layer, as nsfwjs packs its own. */
final class FakeNetwork implements PackageClient {
  private final List<String> layers = new ArrayList<>();
  private final List<String> weights = new ArrayList<>();
  private int size;
  private int missing;

  FakeNetwork() {
    layer("input_1", "InputLayer", "", "batch_input_shape:[null,299,299,3]");
    layer("conv2d_1", "Conv2D", "input_1", convolution("[3,3]", "[2,2]", "valid"));
    layer("bn_1", "BatchNormalization", "conv2d_1", "epsilon:.001,scale:!1");
    layer("activation_1", "Activation", "bn_1", "activation:\"relu\"");
    layer("max_1", "MaxPooling2D", "activation_1", pooling("[2,2]", "valid"));
    layer("average_1", "AveragePooling2D", "max_1", pooling("[1,1]", "same"));
    layer("conv2d_2", "Conv2D", "max_1", convolution("[1,7]", "[1,1]", "same"));
    layer("bn_2", "BatchNormalization", "conv2d_2", "epsilon:.001,scale:!1");
    layer("mixed5", "Concatenate", "average_1,bn_2", "axis:3");
    layer("dense_1", "Dense", "mixed5", "units:5");
    normalised("conv2d_1", "bn_1", "3,3,3,2", 54);
    normalised("conv2d_2", "bn_2", "1,7,2,2", 28);
  }

  private static String convolution(String kernel, String strides, String padding) {
    return ("kernel_size:%s,strides:%s,padding:\"%s\",dilation_rate:[1,1],activation:\"linear\","
            + "use_bias:!1")
        .formatted(kernel, strides, padding);
  }

  private static String pooling(String strides, String padding) {
    return "pool_size:[3,3],strides:%s,padding:\"%s\"".formatted(strides, padding);
  }

  private void normalised(String convolution, String normalisation, String shape, int values) {
    weight(convolution + "/kernel", shape, values);
    weight(normalisation + "/beta", "2", 2);
    weight(normalisation + "/moving_mean", "2", 2);
    weight(normalisation + "/moving_variance", "2", 2);
  }

  FakeNetwork layer(String name, String kind, String inputs, String config) {
    List<String> nodes = new ArrayList<>();
    for (String input : inputs.isEmpty() ? new String[0] : inputs.split(",")) {
      nodes.add("[\"" + input + "\",0,0,{}]");
    }
    layers.add(
        "{name:\"%s\",class_name:\"%s\",config:{%s},inbound_nodes:[%s]}"
            .formatted(
                name, kind, config, nodes.isEmpty() ? "" : "[" + String.join(",", nodes) + "]"));
    return this;
  }

  /** Puts a layer in the place of the one of its name. */
  FakeNetwork instead(String name, String kind, String inputs, String config) {
    int place = place(name);
    layer(name, kind, inputs, config);
    layers.set(place, layers.remove(layers.size() - 1));
    return this;
  }

  /** Ends before a layer. */
  FakeNetwork without(String name) {
    layers.subList(place(name), layers.size()).clear();
    return this;
  }

  private int place(String name) {
    int place = 0;
    while (!layers.get(place).startsWith("{name:\"" + name + "\"")) {
      place++;
    }
    return place;
  }

  private void weight(String name, String shape, int values) {
    weights.add(
        "{name:\"%s\",shape:[%s],dtype:\"float32\",quantization:{min:.5,scale:.25,dtype:\"uint8\"}}"
            .formatted(name, shape));
    size += values;
  }

  FakeNetwork withoutLastBytes(int count) {
    missing = count;
    return this;
  }

  /** The pin of this very package. */
  PackagePin pin(Path folder) throws IOException {
    byte[] archive = Files.readAllBytes(pack(folder.resolve("to-pin.tgz")));
    try {
      String digest =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-512").digest(archive));
      return new PackagePin(
          "nsfwjs", "4.4.0", archive.length, "sha512-" + digest, "MIT", "By nobody");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Path fetch(PackagePin pin, Path folder) throws DatasetException {
    try {
      return pack(folder.resolve(pin.archiveName()));
    } catch (IOException e) {
      throw new DatasetException("cannot pack", "make room", e);
    }
  }

  private Path pack(Path archive) throws IOException {
    byte[] bytes = new byte[size - missing];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 37);
    }
    byte[] first = Arrays.copyOf(bytes, bytes.length / 2);
    byte[] second = Arrays.copyOfRange(bytes, first.length, bytes.length);
    String model =
        "exports={modelTopology:{model_config:{config:{layers:[%s]}}},weightsManifest:[{weights:[%s]}]}},{}]"
            .formatted(String.join(",", layers), String.join(",", weights));
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      put(tar, "model.min.js", "typeof exports=d();" + model);
      put(tar, "group1-shard1of2.min.js", script(first));
      put(tar, "group1-shard2of2.min.js", script(second));
    }
    return archive;
  }

  private static String script(byte[] bytes) {
    return "if(exports=a())n.exports=\"" + Base64.getEncoder().encodeToString(bytes) + "\"},{}]";
  }

  private static void put(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    TarArchiveEntry entry = new TarArchiveEntry("package/dist/models/inception_v3/" + name);
    entry.setSize(bytes.length);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
