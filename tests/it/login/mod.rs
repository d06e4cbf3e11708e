mod code;
mod consent;
mod flow;
mod policy;
mod refusals;
mod setup;
