mod kill;
mod stop;
