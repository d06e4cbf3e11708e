mod purge;
mod schema;
mod tx;
