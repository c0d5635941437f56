package dev.isoflop.worker.data.coco;

import java.util.List;

/**
 * One image and what people said of it.
 *
 * @param file its name, relative to the folder of images
 * @param captions at least one, in the order of the file
 */
record CocoImage(String file, List<String> captions) {}
