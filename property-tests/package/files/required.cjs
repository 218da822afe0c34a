const { compile } = require("rnnc");
console.log(compile("model M {\n  param w : R\n  minimize w^2\n}\n")._tag);
