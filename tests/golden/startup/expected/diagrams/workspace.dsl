workspace "Deskdrop" {
  model {
    actor_member = person "Member" "Person"
    actor_visitor = person "Visitor" "Person"
    actor_host = person "Host" "Person"
    actor_administrator = person "Administrator" "Person, staff"
    system_stripe = softwareSystem "Stripe" "External system: payment" "External"
    designed = softwareSystem "Deskdrop" "Shared desks in small towns. There are about 90 places in Lower Saxony and Hesse (libraries, old post offices, a…" {
      edge_load_balancer = container "Load balancer" "" "Built-in entry of the platform" "Edge"
      edge_identity_provider = container "Identity provider" "" "Auth0" "Edge"
      service_app = container "Deskdrop" "Serves all operations and runs the background jobs" "Python 3.13, Django 5.2" "Service"
      store_primary = container "Main database" "Place, Desk, Visitor, Price, Host, …" "Azure Database for PostgreSQL 17" "Store"
      store_search = container "Search" "" "PostgreSQL full-text search" "Store"
      store_objects = container "Files" "" "Azure Blob Storage" "Store"
      store_broker = container "Queue" "" "Job table in PostgreSQL" "Store"
    }
    actor_member -> edge_load_balancer "List desk, book desk, pay desk and cancel desk (HTTPS)"
    actor_visitor -> edge_load_balancer "Search desk, view photo and view price (HTTPS)"
    actor_host -> edge_load_balancer "Upload photo, enter desk, enter opening day, enter price and 1 more (HTTPS)"
    actor_administrator -> edge_load_balancer "Create place (HTTPS)"
    edge_load_balancer -> service_app "HTTP"
    actor_member -> edge_identity_provider "Sign in, once a session (OpenID Connect)"
    actor_host -> edge_identity_provider "Sign in, once a session (OpenID Connect)"
    actor_administrator -> edge_identity_provider "Sign in, once a session (OpenID Connect)"
    service_app -> store_primary "Reads and writes desks, bookings, photos, prices and 4 more (SQL over TLS)"
    service_app -> store_search "Reads desks (SQL over TLS)"
    service_app -> store_objects "Writes photos (S3 over HTTPS)"
    service_app -> store_broker "Hands over what follows book desk (SQL, in the transaction of the command)"
    store_broker -> service_app "Takes up send confirmation, send reminder and pay out host (SQL, FOR UPDATE SKIP LOCKED)"
    service_app -> system_stripe "Pay desk and refund payment (HTTPS)"
    service_app -> system_stripe "Pay out host (HTTPS)"
  }
  views {
    systemContext designed context {
      include *
      autoLayout
    }
    container designed containers {
      include *
      autoLayout
    }
    styles {
      element "External" {
        background #6b6b6b
        color #ffffff
      }
      element "Store" {
        shape Cylinder
      }
    }
  }
}
