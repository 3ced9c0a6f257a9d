"""From what citizens wrote to the model in service: samples, labels, training data, models, gate, promotion."""
