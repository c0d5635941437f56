package dev.isoflop.worker.data.npy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and reads the list of a set's pictures. */
final class ListingReader {
  static final String EDM2 = "dataset.json";
  static final String PIXART = "partition/data_info.json";

  private static final int MOST_BYTES = 1 << 30;
  private static final int DEEPEST = 32;
  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final FileStore store;
  private final String where;

  private ListingReader(FileStore store, String field) {
    this.store = store;
    where = field + ", " + store.name();
  }

  /**
   * The list that is there.
   *
   * @param latentFolder PixArt's folder of latents, if the settings name one
   */
  static Listing read(FileStore store, String field, @Nullable String latentFolder)
      throws DataException {
    ListingReader reader = new ListingReader(store, field);
    try {
      return reader.edm2();
    } catch (NoSuchFileException e) {
      Optional<Listing> pairs = reader.pairs();
      return pairs.isPresent() ? pairs.get() : reader.pixart(latentFolder);
    }
  }

  private Listing edm2() throws DataException, NoSuchFileException {
    JsonNode labels = json(EDM2).path("labels");
    if (labels.isNull()) {
      return unlabelled();
    }
    List<Listing.Item> items = new ArrayList<>();
    for (JsonNode pair : labels) {
      JsonNode label = pair.path(1);
      if (!pair.path(0).isTextual() || !label.canConvertToExactIntegral() || label.asLong() < 0) {
        throw corrupt(EDM2, "lists " + shortened(pair) + " and not [\"file\", class number]");
      }
      items.add(new Listing.Item(safe(pair.path(0).asText(), EDM2), "", label.asLong(), ""));
    }
    if (items.isEmpty()) {
      throw corrupt(EDM2, "has no \"labels\": [[\"file\", class number], ...]");
    }
    return new Listing(EDM2, items);
  }

  /** A list that says that there are no classes: every file is a picture without a caption. */
  private Listing unlabelled() throws DataException {
    List<Listing.Item> items = new ArrayList<>();
    for (String file : below("")) {
      items.add(new Listing.Item(safe(file, EDM2), "", -1, ""));
    }
    if (items.isEmpty()) {
      throw corrupt(EDM2, "has \"labels\": null, and no .npy file lies beside it");
    }
    return new Listing(EDM2, items);
  }

  /**
   * Fast-DiT's layout: {@code NAME_features/0.npy} and on, with the class of each in {@code
   * NAME_labels/0.npy}; empty if there is no such pair of folders.
   */
  private Optional<Listing> pairs() throws DataException {
    List<String> names = new ArrayList<>();
    try {
      List<String> folders = store.folders("");
      for (String folder : folders) {
        String name = folder.replaceFirst("_features$", "");
        if (!name.equals(folder) && folders.contains(name + "_labels")) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw unreadable("", e);
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (names.size() > 1) {
      throw new DataException(
          Kind.Setting,
          where,
          "has features and labels of " + names,
          "put each into a folder of its own and name that");
    }
    String features = names.get(0) + "_features";
    List<Listing.Item> items = new ArrayList<>();
    for (String file : inNumberOrder(below(features))) {
      String label = names.get(0) + "_labels" + file.substring(features.length());
      items.add(new Listing.Item(safe(file, features), "", -1, "", safe(label, features)));
    }
    if (items.isEmpty()) {
      throw corrupt(features, "holds no .npy file");
    }
    return Optional.of(new Listing("", items));
  }

  /** 2.npy goes before 10.npy. */
  private static List<String> inNumberOrder(List<String> files) {
    return files.stream()
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private List<String> below(String folder) throws DataException {
    try {
      return store.below(folder, ".npy");
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private Listing pixart(@Nullable String latentFolder) throws DataException {
    JsonNode list;
    try {
      list = json(PIXART);
    } catch (NoSuchFileException e) {
      throw new DataException(
          Kind.Missing,
          where,
          "holds neither "
              + EDM2
              + " (EDM2, REPA) nor "
              + PIXART
              + " (PixArt), nor folders NAME_features and NAME_labels (fast-DiT)",
          "name the folder or zip file that holds them",
          e);
    }
    String latents = latentFolder == null ? onlyLatentFolder() : safe(latentFolder, PIXART);
    List<Listing.Item> items = new ArrayList<>();
    for (JsonNode item : list) {
      String path = item.path("path").asText();
      int slash = path.lastIndexOf('/');
      int dot = path.lastIndexOf('.');
      JsonNode prompt = item.path("prompt");
      if (!(prompt.isTextual() || prompt.isNull()) || dot <= slash + 1) {
        throw corrupt(PIXART, "lists " + shortened(item) + " without a path or a prompt");
      }
      String stem = path.substring(0, dot);
      String flat = slash < 0 ? stem : stem.substring(0, slash) + "_" + stem.substring(slash + 1);
      items.add(
          new Listing.Item(
              safe(latents + "/" + flat + ".npy", PIXART),
              prompt.isNull() ? "" : prompt.asText(),
              -1,
              safe("caption_feature_wmask/" + flat + ".npz", PIXART)));
    }
    if (items.isEmpty()) {
      throw corrupt(PIXART, "lists nothing");
    }
    return new Listing(PIXART, items);
  }

  private String onlyLatentFolder() throws DataException {
    List<String> found = new ArrayList<>();
    try {
      for (String folder : store.folders("")) {
        if (folder.startsWith("img_vae_features")) {
          found.add(folder + (store.folders(folder).contains("noflip") ? "/noflip" : ""));
        }
      }
    } catch (IOException e) {
      throw unreadable("", e);
    }
    if (found.size() != 1) {
      throw new DataException(
          Kind.Setting,
          where,
          "has the folders of latents " + found,
          "name one under columns.input, such as img_vae_features_256resolution/noflip");
    }
    return found.get(0);
  }

  private JsonNode json(String file) throws DataException, NoSuchFileException {
    try {
      return JSON.readTree(store.read(file, MOST_BYTES));
    } catch (JsonProcessingException e) {
      throw corrupt(file, "is not JSON (" + e.getOriginalMessage() + ")");
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private String safe(String file, String list) throws DataException {
    if (!FileStore.isSafe(file)) {
      throw corrupt(list, "names the file '" + file + "', which is not below its folder");
    }
    return file;
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  private DataException corrupt(String file, String problem) {
    return new DataException(Kind.Corrupt, where + "/" + file, problem, "write the list again");
  }

  private DataException unreadable(String file, IOException e) {
    return new DataException(
        Kind.Unreadable,
        where + "/" + file,
        "cannot be read (" + e.getMessage() + ")",
        "check the disk or mount and its permissions",
        e);
  }
}
