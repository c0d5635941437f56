package dev.isoflop.worker.data.coco;

import java.util.List;

/**
 * One image and what people said of it.
 *
 * @param file its name, relative to the folder of images
 * @param captions in the order of the file; none if nobody captioned it, which is a flaw
 */
record CocoImage(String file, List<String> captions) {}
