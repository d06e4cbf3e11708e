mod kill;
mod stop;
mod tls;
