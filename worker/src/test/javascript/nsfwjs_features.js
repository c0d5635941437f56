// Writes nsfwjs_features.json: what TensorFlow.js makes of three images with nsfwjs' own Inception v3, up to mixed5.
// Run in a folder with packages @tensorflow/tfjs 4.22.0 and nsfwjs 4.4.0 (npm install --ignore-scripts):
//   NODE_PATH=node_modules node nsfwjs_features.js > nsfwjs_features.json
// It takes a minute; the network runs in plain JavaScript.
const path = require("path");
const tf = require("@tensorflow/tfjs");
const folder = path.resolve(require.resolve("nsfwjs"), "../../models/inception_v3");
const description = require(path.join(folder, "model.min.js"));
const shards = [1, 2, 3, 4, 5, 6].map((i) => require(path.join(folder, `group1-shard${i}of6.min.js`)));
const bytes = Buffer.concat(shards.map((text) => Buffer.from(text, "base64")));

// The network as it is stored, cut after mixed5 and with an input of any size.
const topology = description.modelTopology;
const network = topology.model_config.config;
network.layers = network.layers.slice(0, network.layers.findIndex((layer) => layer.name === "mixed5") + 1);
network.layers[0].config.batch_input_shape = [null, null, null, 3];
network.output_layers = [["mixed5", 0, 0]];
delete topology.training_config;

function image(size) {
  const values = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let c = 0; c < 3; c++) values.push((x * x * 3 + y * 5 + x * y * 2 + c * 40 + Math.floor(y / 9) * 31) % 256);
  return tf.tensor4d(values, [1, size, size, 3]);
}

(async () => {
  const model = await tf.loadLayersModel(
    { load: async () => ({ modelTopology: topology, weightSpecs: description.weightsManifest[0].weights,
                           weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) }) },
    { strict: false });
  const cases = [];
  for (const size of [32, 107, 171]) {
    const resized = tf.image.resizeBilinear(image(size), [Math.max(size, 107), Math.max(size, 107)], false, true);
    const features = await model.predict(resized.div(255)).mean([1, 2]).data();
    cases.push({ size, sum: Number(features.reduce((a, b) => a + b).toPrecision(9)),
                 every8th: Array.from(features.filter((_, i) => i % 8 === 0), (f) => Number(f.toPrecision(7))) });
  }
  console.log("[\n" + cases.map((each) => JSON.stringify(each)).join(",\n") + "\n]");
})();
